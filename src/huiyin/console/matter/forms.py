"""Makes the form of a move from what the move asks for: nothing in it knows any process by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.http import QueryDict

from huiyin.appeals.api import Likeness
from huiyin.cases.api import CaseView, Kept
from huiyin.console.matter import choices
from huiyin.console.matter.keeping import Shelf
from huiyin.console.matter.saying import FIVE, NO, YES
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.process.api import INPUTS, Ask, Input, Move
from huiyin.register.api import Part, ReplyTemplate, list_reply_templates

UNSAID = Words("")
ANSWERS = frozenset({"solved", "satisfied", "understood"})
"""What can only be asked of somebody who was reached."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field to draw. `seen`: the person will read it. `when`: shown only while another field says so."""

    key: str
    kind: str
    title: Words
    hint: Words | str
    required: bool
    seen: bool
    value: str = ""
    values: frozenset[str] = frozenset()
    more: str = ""
    was: bool = False
    options: Sequence[Any] = ()
    alike: Sequence[Likeness] = ()
    when: str = ""
    error: Words | str = ""


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
    maker = _Maker(view, move, now, typed)
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
    )


def _preview(view: CaseView, move: Move) -> Words:
    """The message that the person will get, with dots for what is not settled yet."""
    if not move.tells.zh or view.case.person_id is None:
        return UNSAID
    return move.tells.fill(
        title=view.case.title, number=view.case.number, lead="…", due="…", reply="…", remedy="…"
    )


def _list_left_over(move: Move, typed: QueryDict | None) -> list[str]:
    """Words that were typed for another move and have no field here: shown, so that they can be copied."""
    if typed is None:
        return []
    asked = {ask.key for ask in move.asks}
    long = [key for key, known in INPUTS.items() if known.kind in {"text", "line"} and key not in asked]
    return [typed[key] for key in long if typed.get(key, "").strip()]


class _Maker:
    """Makes one field after another for one case, move and moment."""

    def __init__(self, view: CaseView, move: Move, now: datetime, typed: QueryDict | None) -> None:
        self.view, self.move, self.now, self.typed = view, move, now, typed
        self.asked = {ask.key for ask in move.asks}

    def make(self, ask: Ask) -> Field:
        known = INPUTS[ask.key]
        seen = known.public and bool(self.move.plain.zh)
        start = Field(
            ask.key,
            known.kind,
            known.title,
            known.hint if known.hint.zh else "",
            ask.required,
            seen,
            when=self._when(known),
        )
        made = self._fill(start)
        return self._keep_typed(made) if self.typed is not None else made

    def _when(self, known: Input) -> str:
        return "reached=yes" if known.key in ANSWERS and "reached" in self.asked else ""

    def _keep_typed(self, field: Field) -> Field:
        typed = self.typed if self.typed is not None else QueryDict()
        if (
            field.key not in typed
            and f"was-{field.key}" not in typed
            and field.kind not in {"units", "yes-no", "tick"}
        ):
            return field
        given = typed.getlist(field.key)
        return replace(
            field,
            value=given[0] if given else "",
            values=frozenset(given),
            more=typed.get(f"{field.key}-more", ""),
        )

    def _fill(self, field: Field) -> Field:
        case, asked, process = self.view.case, self.view.case.asked or {}, self.view.process
        match field.kind:
            case "unit":
                return self._fill_unit(field)
            case "units":
                return replace(field, options=choices.list_unit_groups(self._duties(), Part.ASSISTING))
            case "category":
                return replace(
                    field, options=choices.list_category_groups(self.view), value=str(self._category() or "")
                )
            case "grade":
                return replace(
                    field,
                    options=choices.list_grade_options(process),
                    value=str(asked.get("grade") or case.grade),
                )
            case "limit":
                options = choices.list_limit_options(process)
                return replace(
                    field,
                    options=options,
                    value=str(asked.get("extra") or (options[0][0] if options else "")),
                )
            case "five":
                return replace(field, options=[(str(mark), words) for mark, words in FIVE.items()])
            case "yes-no":
                return self._fill_yes_no(field)
            case "way":
                return replace(field, options=choices.list_way_options())
            case "cause":
                return replace(field, options=choices.list_cause_options())
            case "case":
                return replace(field, alike=choices.list_alike(self.view, self.now))
            case "date":
                return replace(field, value=str(asked.get(field.key, "")))
            case _:
                return field

    def _fill_unit(self, field: Field) -> Field:
        duties = self._duties()
        first = next((duty for duty in duties if duty.part == Part.LEAD), None)
        return replace(
            field,
            options=choices.list_unit_groups(duties, Part.LEAD),
            value=str(first.unit_id) if first else "",
        )

    def _fill_yes_no(self, field: Field) -> Field:
        """Asked of somebody: two radios, nothing chosen. A switch of the case itself: a box, as it stands now."""
        if field.required or INPUTS[field.key].public:
            return replace(field, options=[("yes", YES), ("no", NO)])
        now = getattr(self.view.case, field.key, False)
        return replace(field, kind="tick", value="yes" if now is True else "", was=now is True)

    def _duties(self) -> list[Any]:
        return choices.list_duties(self.view, self._category(), self.now)

    def _category(self) -> int | None:
        typed = self.typed.get("category", "") if self.typed is not None else ""
        if typed.isascii() and typed.isdigit() and "category" in self.asked:
            return int(typed)
        asked = self.view.case.asked or {}
        return asked.get("category") or self.view.case.category_id
