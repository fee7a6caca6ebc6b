"""What a move does to a case besides changing its stage: a function for each effect of a process."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from huiyin.cases import disputing, grouping, timing
from huiyin.cases.dispatching import dispatch, place, take_marks, take_up
from huiyin.cases.draft import Draft
from huiyin.cases.values import CONSULTED, AssignmentState
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.process.api import EFFECTS as NAMES


def _accept(draft: Draft) -> None:
    draft.case.accepted_at = draft.case.accepted_at or draft.now
    take_marks(draft)


def _regrade(draft: Draft) -> None:
    case, inputs = draft.case, draft.inputs
    draft.regraded = "grade" in inputs and inputs["grade"] != case.grade
    case.grade = inputs.get("grade", case.grade)
    take_marks(draft)


def _ask_opinion(draft: Draft) -> None:
    """Units are asked what they think; none of them is given the matter."""
    case = draft.case
    draft.end_parts("superseded", CONSULTED)
    case.assignments.extend(
        AssignmentState(unit, CONSULTED, case.round, draft.now) for unit in draft.inputs["consulted"]
    )


def _opine(draft: Draft) -> None:
    """The unit that acts has said what it thinks; moves by others mean that nobody is heard any more."""
    part = draft.own_part()
    own = part is not None and part.part == CONSULTED and draft.part == CONSULTED
    for one in draft.case.assignments:
        if one.open and one.part == CONSULTED:
            one.ended_at, one.how = draft.now, "reported" if own and one is part else "dropped"
            one.answered_at = draft.now if own and one is part else None


def _sign(draft: Draft) -> None:
    part = draft.own_part()
    if part is None:
        raise Refusal(
            "no-part", Words("您的单位不在本单的主办或协办之列。", "Your unit has no part in this case.")
        )
    if part.signed_at is not None:
        raise Refusal("signed-already", Words("您的单位已经签收过了。", "Your unit has already signed."))
    part.signed_at, part.officer_id = draft.now, draft.acting.account_id
    if part.part == "lead":
        draft.case.officer_id = draft.acting.account_id


def _assist_report(draft: Draft) -> None:
    part = draft.own_part()
    if part is None or part.part != "assisting":
        raise Refusal(
            "no-part", Words("您的单位不是本单的协办单位。", "Your unit does not assist in this case.")
        )
    part.signed_at = part.signed_at or draft.now
    part.officer_id = part.officer_id or draft.acting.account_id
    part.answered_at = part.ended_at = draft.now
    part.how = "reported"
    _stop_assisting(draft, part.unit_id)


def _drop_assisting(draft: Draft) -> None:
    draft.end_parts("dropped", "assisting")
    _stop_assisting(draft, None)


def _stop_assisting(draft: Draft, unit_id: int | None) -> None:
    for clock in draft.case.clocks:
        if clock.owner == "assisting" and clock.stopped_at is None and unit_id in {None, clock.unit_id}:
            timing.stop_clock(clock, draft.now, superseded=unit_id is None)


def _withdraw_ask(draft: Draft) -> None:
    take_up(draft)
    draft.forget_request()


def _extend(draft: Draft) -> None:
    draft.extended = str((draft.case.asked or {})["extra"])
    draft.case.extensions += 1
    draft.forget_request()


def _hang(draft: Draft) -> None:
    draft.case.hung_until = date.fromisoformat((draft.case.asked or {})["review_on"])
    draft.forget_request()


def _answer(draft: Draft) -> None:
    case = draft.case
    draft.answered = str(draft.inputs.get("reply") or (case.asked or {}).get("reply") or "")
    draft.told["reply"] = draft.answered
    case.answered_at = draft.now
    if case.group_id and case.group_lead_id and case.lead_id is None:
        _take_over_lead(draft, case.group_lead_id)
    for part in case.assignments:
        if part.open and part.part == "lead":
            part.answered_at = draft.now
    draft.forget_request()


def _take_over_lead(draft: Draft, lead_id: int) -> None:
    """A merged case is answered by the group's lead unit, which then also stays responsible for it."""
    case = draft.case
    case.lead_id = lead_id
    case.category_id = case.category_id or case.group_category_id
    case.assignments.append(AssignmentState(lead_id, "lead", case.round, draft.now))


def _rate(draft: Draft) -> None:
    """Whoever was not reached said nothing: neither solved nor satisfied."""
    inputs = draft.inputs
    online = draft.acting.kind == "person"
    reached = online or bool(inputs.get("reached", True))
    draft.ratings.append(
        {
            "round": draft.case.round,
            "source": "online" if online else "callback",
            "reached": reached,
            "solved": inputs.get("solved") if reached else None,
            "satisfied": inputs.get("satisfied") if reached else None,
            "understood": inputs.get("understood") if reached else None,
            "words": inputs.get("words", ""),
            "account_id": draft.acting.account_id,
            "lead_id": draft.case.lead_id,
            "rated_at": draft.now,
        }
    )


def _next_round(draft: Draft) -> None:
    case = draft.case
    designated = case.designated
    draft.end_parts("not-solved")
    case.round += 1
    case.extensions = 0
    case.answered_at = None
    if not draft.placed:
        case.lead_id = case.officer_id = None
        case.designated = False
    if case.lead_id is not None:
        case.assignments.append(
            AssignmentState(case.lead_id, "lead", case.round, draft.now, designated=designated)
        )


def _close(draft: Draft) -> None:
    draft.end_parts("done")
    draft.case.closed_at = draft.now
    draft.forget_request()


def _hurry(draft: Draft) -> None:
    draft.case.hurries += 1


def _supervise(draft: Draft) -> None:
    draft.case.supervisions += 1


def _name_cause(draft: Draft) -> None:
    draft.case.cause = str(draft.inputs["cause"])


def _only_told(_draft: Draft) -> None:
    """What the person is told stands in the journal entry of the move; the header keeps nothing of it."""


EFFECTS: dict[str, Callable[[Draft], None]] = {
    "accept": _accept,
    "ask-opinion": _ask_opinion,
    "opine": _opine,
    "regrade": _regrade,
    "dispatch": dispatch,
    "place": place,
    "sign": _sign,
    "assist-report": _assist_report,
    "drop-assisting": _drop_assisting,
    "ask": disputing.ask,
    "withdraw-ask": _withdraw_ask,
    "return": disputing.accept_return,
    "keep-unit": disputing.keep_unit,
    "consult": disputing.consult,
    "invite": disputing.invite,
    "give-opinion": disputing.give_opinion,
    "rule": disputing.rule,
    "extend": _extend,
    "hang": _hang,
    "answer": _answer,
    "rate": _rate,
    "next-round": _next_round,
    "close": _close,
    "hurry": _hurry,
    "supervise": _supervise,
    "merge": grouping.merge,
    "unmerge": grouping.unmerge,
    "show-way": _only_told,
    "explain": _only_told,
    "name-cause": _name_cause,
}

if set(EFFECTS) != set(NAMES):
    raise RuntimeError(f"effects and their names differ: {sorted(set(EFFECTS) ^ set(NAMES))}")
