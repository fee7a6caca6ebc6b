"""Makes the form of a move from what the move asks for: nothing in it knows any process by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.http import QueryDict

from huiyin.cases.api import CaseView, Kept
from huiyin.console.matter.filling import Field, Maker
from huiyin.console.matter.keeping import Shelf
from huiyin.console.matter.returning import tell_time_left
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.process.api import INPUTS, Move
from huiyin.register.api import ReplyTemplate, list_reply_templates

UNSAID = Words("")


@dataclass(frozen=True, slots=True)
class MoveForm:
    """The form of one move, with what was typed so far and why it was refused."""

    move: Move
    fields: Sequence[Field]
    refusal: Refusal | None
    kept: Sequence[tuple[str, Kept]]
    files_public: bool
    templates: Sequence[ReplyTemplate]
    tells: Words
    left_over: Sequence[str]
    time_left: tuple[str, Words] | None = None

    @property
    def takes_files(self) -> bool:
        """Whether files may be given."""
        return any(field.kind == "files" for field in self.fields)

    @property
    def lost_field(self) -> bool:
        """The refusal is about the whole form, or about a field that is not here."""
        return self.refusal is not None and self.refusal.field not in {field.key for field in self.fields}


def make_form(
    view: CaseView, move: Move, now: datetime, typed: QueryDict | None = None, shelf: Shelf | None = None,
    refusal: Refusal | None = None,
) -> MoveForm:  # fmt: skip
    """The form of `move` on the case; with `typed`, drawn again with every word that was typed."""
    maker = Maker(view, move, now, typed)
    fields = [maker.make(ask) for ask in move.asks]
    if refusal is not None:
        fields = [
            replace(field, error=refusal.words) if field.key == refusal.field else field for field in fields
        ]
    speaks = any(field.seen and field.kind == "text" for field in fields)
    public = "files-public" in typed if typed is not None and "files-asked" in typed else speaks
    return MoveForm(
        move=move,
        fields=fields,
        refusal=refusal,
        kept=shelf.tokens if shelf else (),
        files_public=public,
        templates=list_reply_templates(view.case.category_id)
        if "reply" in {field.key for field in fields}
        else (),
        tells=_preview(view, move),
        left_over=_list_left_over(move, typed),
        time_left=tell_time_left(view, move, now),
    )


def _preview(view: CaseView, move: Move) -> Words:
    """The message that the person will get, with dots for what is not settled yet.

    Whoever approves an answer reads the answer in it: nothing more is typed then.
    """
    if not move.tells.zh or view.case.person_id is None:
        return UNSAID
    typed = any(ask.key == "reply" for ask in move.asks)
    reply = "…" if typed else str((view.case.asked or {}).get("reply") or "…")
    return move.tells.fill(
        title=view.case.title, number=view.case.number, lead="…", due="…", reply=reply, remedy="…"
    )


def _list_left_over(move: Move, typed: QueryDict | None) -> list[str]:
    """Words that were typed for another move and have no field here: shown, so that they can be copied."""
    if typed is None:
        return []
    asked = {ask.key for ask in move.asks}
    long = [
        key for key, known in INPUTS.items() if known.kind in {"text", "line", "clause"} and key not in asked
    ]
    return [text for key in long if (text := str(typed.get(key, "")).strip())]
