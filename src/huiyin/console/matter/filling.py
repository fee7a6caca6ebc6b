"""Makes each field of a form from what a move asks for: its choices, and what stands in it at first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.http import QueryDict

from huiyin.appeals.api import Likeness
from huiyin.cases.api import CaseView
from huiyin.console.matter import choices, returning
from huiyin.console.matter.related import GUARD, REMEDY, write_reply
from huiyin.console.matter.saying import FIVE, NO, YES
from huiyin.kernel.words import Words
from huiyin.process.api import INPUTS, Ask, Input, Move
from huiyin.register.api import DutyInHand, Part

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
    listed: str = ""
    was: bool = False
    options: Sequence[Any] = ()
    alike: Sequence[Likeness] = ()
    when: str = ""
    error: Words | str = ""


class Maker:
    """Makes one field after another for one case, move and moment."""

    def __init__(self, view: CaseView, move: Move, now: datetime, typed: QueryDict | None) -> None:
        self.view, self.move, self.now = view, move, now
        self.typed = QueryDict() if typed is None else typed
        self.asked = {ask.key for ask in move.asks}
        self.request: dict[str, Any] = view.case.asked or {}

    def make(self, ask: Ask) -> Field:
        """The field of one input; what was typed goes before what the case or its open request says."""
        known = INPUTS[ask.key]
        seen = known.public and bool(self.move.plain.zh)
        hint = known.hint if known.hint.zh else ""
        start = Field(
            ask.key, known.kind, known.title, hint, ask.required, seen, when=self._when(known)
        )  # fmt: skip
        fill = _FILLERS.get(known.kind)
        return self._keep_typed(fill(self, start) if fill else start)

    def _when(self, known: Input) -> str:
        return "reached=yes" if known.key in ANSWERS and "reached" in self.asked else ""

    def _keep_typed(self, field: Field) -> Field:
        """A field that was not on the sent form keeps what it starts with; `was-…` tells of a box."""
        if field.key not in self.typed and f"was-{field.key}" not in self.typed:
            return field
        given = self.typed.getlist(field.key)
        more = self.typed.get(f"{field.key}-more", "")
        return replace(field, value=given[0] if given else "", values=frozenset(given), more=more)

    def fill_unit(self, field: Field) -> Field:
        """Units, the first lead of the duty list chosen."""
        duties = self._list_duties()
        first = next((str(duty.unit_id) for duty in duties if duty.part == Part.LEAD), "")
        return replace(field, options=choices.list_unit_groups(duties, Part.LEAD), value=first)

    def fill_units(self, field: Field) -> Field:
        """Units, those that the duty list lets assist first."""
        return replace(field, options=choices.list_unit_groups(self._list_duties(), Part.ASSISTING))

    def fill_category(self, field: Field) -> Field:
        """Categories, the case's own chosen."""
        return replace(
            field, options=choices.list_category_groups(self.view), value=str(self._category() or "")
        )

    def fill_grade(self, field: Field) -> Field:
        """Grades of the process: the one asked for, else the present one."""
        value = str(self.request.get("grade") or self.view.case.grade)
        return replace(field, options=choices.list_grade_options(self.view.process), value=value)

    def fill_limit(self, field: Field) -> Field:
        """Extensions of the process: the one asked for, else the shortest."""
        options = choices.list_limit_options(self.view.process)
        value = str(self.request.get(field.key) or (options[0][0] if options else ""))
        return replace(field, options=options, value=value)

    def fill_yes_no(self, field: Field) -> Field:
        """Asked of somebody: two radios, nothing chosen. A switch of the case itself: a box, as it stands."""
        if field.required or INPUTS[field.key].public:
            return replace(field, options=[("yes", YES), ("no", NO)])
        now = getattr(self.view.case, field.key, False) is True
        return replace(field, kind="tick", value="yes" if now else "", was=now)

    def fill_date(self, field: Field) -> Field:
        """The date asked for, if one was."""
        return replace(field, value=str(self.request.get(field.key, "")))

    def fill_clause(self, field: Field) -> Field:
        """Clauses of the register to choose from; the one that was chosen is kept beside what was typed."""
        listed = str(self.typed.get(f"{field.key}-listed", ""))
        return replace(field, options=returning.list_clauses(self.view, self.now), listed=listed)

    def fill_case(self, field: Field) -> Field:
        """Cases that may be the same."""
        return replace(field, alike=choices.list_alike(self.view, self.now))

    def fill_text(self, field: Field) -> Field:
        """Empty, but where a repeat is refused: there the earlier answer and the remedy stand already."""
        if GUARD not in self.move.needs or field.key not in {"reply", "remedy"}:
            return field
        words = write_reply(self.view.case.pk, self.view.case.title) if field.key == "reply" else REMEDY.zh
        return replace(field, value=words)

    def _list_duties(self) -> list[DutyInHand]:
        return choices.list_duties(self.view, self._category(), self.now)

    def _category(self) -> int | None:
        typed = str(self.typed.get("category", ""))
        if typed.isascii() and typed.isdigit() and len(typed) < 16 and "category" in self.asked:
            return int(typed)
        asked = self.request.get("category")
        return int(asked) if asked else self.view.case.category_id


_FILLERS: dict[str, Callable[[Maker, Field], Field]] = {
    "unit": Maker.fill_unit,
    "units": Maker.fill_units,
    "category": Maker.fill_category,
    "grade": Maker.fill_grade,
    "limit": Maker.fill_limit,
    "yes-no": Maker.fill_yes_no,
    "date": Maker.fill_date,
    "case": Maker.fill_case,
    "text": Maker.fill_text,
    "clause": Maker.fill_clause,
    "five": lambda _maker, field: replace(
        field, options=[(str(mark), words) for mark, words in FIVE.items()]
    ),
    "way": lambda _maker, field: replace(field, options=choices.list_way_options()),
    "cause": lambda _maker, field: replace(field, options=choices.list_cause_options()),
}
"""A kind that is not here is a line of text."""
