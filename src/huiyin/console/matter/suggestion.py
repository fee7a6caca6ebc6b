"""What is suggested for a case that waits for its dispatch, and the one move by which it is accepted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from huiyin.cases.api import CaseView
from huiyin.kernel.words import Words
from huiyin.process.api import Move
from huiyin.triage.api import BASES, HINDRANCES, Panel, find_panel, propose_grade, propose_urgent

Inputs = Sequence[tuple[str, str]]
UNSAID = Words("")
MOST_SURE = 99
"""Nobody is told that a model is certain."""
LEAST = 10
"""What is less likely, per mille, is not worth a button."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The suggestion with its move; `inputs` is the whole form that accepts it, empty when it names no unit.

    `panel` is None while nothing has been said yet. `others` are the next likeliest categories.
    """

    move: Move
    panel: Panel | None
    inputs: Inputs = ()
    sure: str = ""
    others: Sequence[tuple[Words, int, int]] = ()
    basis: Words = UNSAID
    hindrance: Words = UNSAID
    grade: Words = UNSAID
    urgent: bool = False
    way: Move | None = None
    merge: Move | None = None


def find_suggestion(view: CaseView) -> Suggestion | None:
    """For whoever may dispatch a case that nobody holds yet; None for everybody else. One statement."""
    case = view.case
    if case.lead_id is not None or case.group_id is not None or case.closed_at is not None:
        return None
    move = next((one for one in view.moves if "dispatch" in one.does and _GUARD in one.needs), None)
    if move is None:
        return None
    panel = find_panel(case.pk)
    return Suggestion(move, None) if panel is None else _tell(view, move, panel)


_GUARD = "unit-on-register"


def _tell(view: CaseView, move: Move, panel: Panel) -> Suggestion:
    case, grades = view.case, view.process.grades
    grade = propose_grade(case.grade, panel.grade, list(grades), danger=bool(panel.urgent_words))
    urgent = propose_urgent(panel.grade, present=case.urgent or panel.urgent, danger=False)
    return Suggestion(
        move=move,
        panel=panel,
        inputs=_fill_in(move, panel, grade, urgent=urgent),
        sure=f"{min(panel.per_mille // 10, MOST_SURE)} %",
        others=_list_others(panel),
        basis=BASES.get(panel.basis, Words(panel.basis)),
        hindrance=HINDRANCES.get(panel.hindrance, UNSAID),
        grade=grades.get(grade, Words(grade)),
        urgent=urgent,
        way=_find(view, "show-way") if panel.way else None,
        merge=_find(view, "merge") if panel.alike else None,
    )


def _fill_in(move: Move, panel: Panel, grade: str, *, urgent: bool) -> Inputs:
    """The inputs of the dispatch as its form would send them."""
    if panel.category_id is None or panel.unit_id is None:
        return ()
    asked = {ask.key for ask in move.asks}
    inputs = {"category": str(panel.category_id), "lead": str(panel.unit_id), "grade": grade}
    if urgent:
        inputs["urgent"] = "yes"
    return [(key, value) for key, value in inputs.items() if key in asked]


def _find(view: CaseView, effect: str) -> Move | None:
    return next((move for move in view.moves if effect in move.does), None)


def _list_others(panel: Panel) -> list[tuple[Words, int, int]]:
    """The next likeliest categories that are not the suggested one, nor above it."""
    return [one for one in panel.ranked if one[1] >= LEAST and one[0] not in panel.category]
