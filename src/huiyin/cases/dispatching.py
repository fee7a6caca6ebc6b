"""Gives a case to units, and lets a unit take it up."""

from __future__ import annotations

from huiyin.cases import timing
from huiyin.cases.draft import Draft
from huiyin.cases.values import AssignmentState


def take_marks(draft: Draft) -> None:
    """Whoever accepts or dispatches says how urgent it is and what about; a grade may need approval."""
    case, inputs = draft.case, draft.inputs
    case.urgent = bool(inputs.get("urgent", case.urgent))
    case.category_id = inputs.get("category", case.category_id)


def dispatch(draft: Draft) -> None:
    """Every part that was open ends; the units that are named have theirs from now."""
    case, inputs = draft.case, draft.inputs
    draft.end_parts("superseded")
    take_marks(draft)
    case.lead_id = inputs["lead"]
    case.officer_id = None
    case.designated = bool(inputs.get("designate"))
    case.automatic = draft.acting.kind == "system"
    case.dispatched_at = draft.now
    draft.forget_request()
    timing.pass_on(case, draft.process, draft.now)
    parts = [
        (inputs["lead"], "lead"),
        *((unit, "assisting") for unit in inputs.get("assisting", ()) if unit != inputs["lead"]),
    ]
    case.assignments.extend(
        AssignmentState(unit, part, case.round, draft.now, designated=case.designated)
        for unit, part in dict.fromkeys(parts)
    )


def place(draft: Draft) -> None:
    """A matter that is a unit's own by its nature is put into its hands: no register is asked for it."""
    dispatch(draft)
    draft.case.automatic = False


def take_up(draft: Draft) -> None:
    """A unit that asked to return a case before it signed, and keeps it, has taken it up with that."""
    for part in draft.case.assignments:
        if part.open and part.part == "lead" and part.signed_at is None and draft.case.asked_by_id:
            part.signed_at, part.officer_id = draft.now, draft.case.asked_by_id
            draft.case.officer_id = draft.case.asked_by_id
