"""What the moves of a dispute do to a case: a return, its decision, a consultation, a binding decision."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from huiyin.cases import store, timing
from huiyin.cases.dispatching import dispatch, take_up
from huiyin.cases.draft import Draft
from huiyin.cases.values import AssignmentState
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words

CONSULTED = "consulted"


def ask(draft: Draft) -> None:
    """A request is open until it is decided; a return notes which unit asks."""
    kept = {
        key: value.isoformat() if isinstance(value, date) else value
        for key, value in draft.inputs.items()
        if key != "files"
    }
    draft.case.asked, draft.case.asked_by_id = kept, draft.acting.account_id
    if "clause" in kept:
        draft.disputed = True
        draft.noted["unit"] = draft.case.lead_id


def accept_return(draft: Draft) -> None:
    """The unit is rid of the case. The clock of the person's answer goes on, for whoever gets it next."""
    case = draft.case
    draft.noted["unit"] = case.lead_id
    draft.end_parts("returned", "lead")
    draft.end_parts("superseded")
    case.lead_id = case.officer_id = None
    case.designated = False
    case.returns += 1
    case.disputes += 1
    draft.forget_request()
    timing.pass_on(case, draft.process, draft.now)


def keep_unit(draft: Draft) -> None:
    """The unit keeps the case, designated if the centre says so, and may dispute that once more."""
    case = draft.case
    draft.noted["unit"] = case.lead_id
    take_up(draft)
    case.disputes += 1
    if draft.inputs.get("designate"):
        case.designated = True
        for part in case.assignments:
            part.designated = part.designated or (part.open and part.part == "lead")
    draft.forget_request()
    timing.renew_rights(case, draft.process, draft.now, draft.rules)


def consult(draft: Draft) -> None:
    """The units concerned are asked: those that gave the case back before, and those that assist in it."""
    parts = draft.case.assignments
    returned = [part.unit_id for part in parts if part.part == "lead" and part.how == "returned"]
    assisting = [part.unit_id for part in parts if part.part == "assisting" and part.open]
    _summon(draft, [*returned, *assisting])


def invite(draft: Draft) -> None:
    """The centre asks more units; each has the whole limit for its opinion."""
    if not _summon(draft, draft.inputs["invited"]):
        words = Words(
            "这些单位已经在会商之列。请选其他单位。", "These units are consulted already. Choose others."
        )
        raise Refusal("consulted-already", words, field="invited")
    draft.disputed = True
    timing.begin_beside(draft.case, draft.process, CONSULTED, draft.now, draft.rules)


def _summon(draft: Draft, unit_ids: Iterable[int]) -> list[AssignmentState]:
    """Parts for the units that are not asked yet in this consultation; the lead unit spoke by its return."""
    case = draft.case
    asked = {part.unit_id for part in case.assignments if part.part == CONSULTED} | {case.lead_id}
    fresh = [
        AssignmentState(unit, CONSULTED, case.round, draft.now)
        for unit in dict.fromkeys(unit_ids)
        if unit not in asked
    ]
    case.assignments.extend(fresh)
    return fresh


def give_opinion(draft: Draft) -> None:
    """The unit has spoken: its clock ends. The lead unit may add to what it said with its return."""
    draft.disputed = True
    part = draft.own_part()
    if part is None:
        words = Words("您的单位不在会商之列。", "Your unit is not consulted in this case.")
        raise Refusal("no-part", words)
    draft.noted["unit"] = part.unit_id
    if part.part != CONSULTED:
        part = next((one for one in draft.case.assignments if _asks(one, part.unit_id)), part)
    if part.part == CONSULTED:
        part.answered_at = part.ended_at = draft.now
        part.officer_id = draft.acting.account_id
        part.how = "opined"
        _stop_opinion(draft, part.unit_id)


def _asks(part: AssignmentState, unit_id: int) -> bool:
    return part.open and part.part == CONSULTED and part.unit_id == unit_id


def _stop_opinion(draft: Draft, unit_id: int) -> None:
    for clock in draft.case.clocks:
        if clock.owner == CONSULTED and clock.stopped_at is None and clock.unit_id == unit_id:
            timing.stop_clock(clock, draft.now)


def rule(draft: Draft) -> None:
    """The binding decision: it has a number, and after it no unit can return the case."""
    case = draft.case
    returning = case.lead_id
    if returning != draft.inputs["lead"]:
        draft.end_parts("returned", "lead")
        case.returns += 1
    draft.end_parts("silent", CONSULTED)
    dispatch(draft)
    case.designated = True
    for part in case.assignments:
        part.designated = part.designated or (part.open and part.part == "lead")
    case.disputes += 1
    year = timezone.localtime(draft.now).year
    case.ruling = f"裁〔{year}〕{store.draw_number(f'ruling:{year}')}号"
    draft.noted |= {"unit": returning, "ruling": case.ruling}
