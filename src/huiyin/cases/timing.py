"""Starts, pauses, resumes, extends and stops the clocks of a case, and says which due date governs it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from huiyin.cases.values import CaseState, ClockState
from huiyin.process.api import ASIDE, RIGHT, Clock, ClockPlan, Process
from huiyin.register.api import Rules
from huiyin.workdays.api import Calendar, Due, Limit, Pause, at_fraction, count_due


def find_limit(process: Process, clock: Clock, grade: str, limits: Mapping[tuple[str, str, str], str]) -> str:
    """The county's limit for this clock and grade, else the process file's."""
    return limits.get((process.key, clock.key, grade)) or str(clock.limit_for(grade))


def start_clock(
    process: Process,
    clock: Clock,
    grade: str,
    now: datetime,
    rules: Rules,
    round_: int = 1,
    unit_id: int | None = None,
) -> ClockState:
    """A new run of `clock` from `now`."""
    state = ClockState(
        key=clock.key,
        owner=clock.owner,
        main=clock.main,
        round=round_,
        started_at=now,
        limits=[find_limit(process, clock, grade, rules.limits)],
        due_at=now,
        calendar=rules.calendar.digest,
        unit_id=unit_id,
        warns=list(clock.warn),
    )
    recount(state, now, rules.calendar)
    return state


def count_clock(clock: ClockState, calendar: Calendar) -> Due:
    """The due date of a stored clock, with all its days, counted afresh."""
    pauses = tuple(
        Pause(
            datetime.fromisoformat(str(pause["since"])),
            datetime.fromisoformat(pause["until"]) if pause["until"] else None,
            str(pause["reason"]),
        )
        for pause in clock.pauses
    )
    return count_due(clock.started_at, [Limit.parse(text) for text in clock.limits], calendar, pauses)


def recount(clock: ClockState, now: datetime, calendar: Calendar) -> None:
    """Set due date and next moment of a running clock; while it is paused, its last due date stands.

    An expiry that is new by the count is still to be told, though it lies behind; one that was told is not.
    """
    due = count_clock(clock, calendar)
    told = clock.id is not None and clock.due_at <= now and clock.next_at is None
    clock.calendar, clock.provisional = calendar.digest, due.provisional
    if due.due_at is None:
        return
    clock.due_at = due.due_at
    if clock.owner == RIGHT:
        return  # its end is nobody's fault: there is no one to warn
    clock.next_at = next_moment(due, clock.warns, now)
    if clock.next_at is None and not told:
        clock.next_at = clock.due_at


def next_moment(due: Due, warns: list[int], now: datetime) -> datetime | None:
    """The next warning or the expiry after `now`; warnings that lie behind are dropped from `warns`."""
    moments = {share: at_fraction(due, share) for share in warns}
    ahead = {share: moment for share, moment in moments.items() if moment is not None and moment > now}
    warns[:] = sorted(ahead)
    if ahead:
        return min(ahead.values())
    return due.due_at if due.due_at is not None and due.due_at > now else None


def apply_plan(
    case: CaseState, process: Process, plan: ClockPlan, now: datetime, rules: Rules, reason: str
) -> None:
    """Carry out what a change of stage does to the clocks."""
    for clock in _running(case, plan.stop):
        stop_clock(clock, now, superseded=clock.key in plan.start)
    for clock in _running(case, plan.pause):
        clock.pauses.append({"since": now.isoformat(), "until": None, "reason": reason})
        clock.paused_at = now
        if clock.next_at is not None and clock.next_at > now:
            clock.next_at = None
    for clock in _running(case, plan.resume):
        clock.pauses[-1]["until"] = now.isoformat()
        clock.paused_at = None
        recount(clock, now, rules.calendar)
    for key in plan.start:
        case.clocks.extend(_start(case, process, process.clocks[key], now, rules))


def _running(case: CaseState, keys: Iterable[str]) -> list[ClockState]:
    return [clock for clock in case.clocks if clock.key in keys and clock.stopped_at is None]


def _start(case: CaseState, process: Process, clock: Clock, now: datetime, rules: Rules) -> list[ClockState]:
    if clock.owner in _OF_PARTS:
        units = [
            part.unit_id
            for part in case.assignments
            if part.open and part.part == clock.owner and part.id is None
        ]
        return [start_clock(process, clock, case.grade, now, rules, case.round, unit) for unit in units]
    unit_id = case.lead_id if clock.owner in {"lead", RIGHT} else None
    return [start_clock(process, clock, case.grade, now, rules, case.round, unit_id)]


_OF_PARTS = frozenset({"assisting", "consulted"})
"""Owners of whom there may be several: each has a run of its own."""


def begin_beside(case: CaseState, process: Process, owner: str, now: datetime, rules: Rules) -> None:
    """Clocks of that owner for the parts that are new in this move, which leaves the case in its stage."""
    for clock in process.clocks.values():
        if clock.owner == owner and case.stage in clock.starts:
            case.clocks.extend(_start(case, process, clock, now, rules))


def renew_rights(case: CaseState, process: Process, now: datetime, rules: Rules) -> None:
    """A unit whose return was refused may dispute that decision within the same limit, from now."""
    for clock in [one for one in case.clocks if one.owner == RIGHT and one.stopped_at is None]:
        if clock.key in process.clocks:
            stop_clock(clock, now, superseded=True)
            case.clocks.extend(_start(case, process, process.clocks[clock.key], now, rules))


def pass_on(case: CaseState, process: Process, now: datetime) -> None:
    """What runs once goes with the case: it becomes the clock of the present lead unit, or of nobody.

    One that ran out stays that of the unit in whose hands it did.
    """
    for clock in case.clocks:
        once = clock.key in process.clocks and process.clocks[clock.key].once
        ahead = clock.paused_at is not None or clock.due_at > now
        if once and ahead and clock.owner == "lead" and clock.stopped_at is None:
            clock.unit_id = case.lead_id


def stop_clock(clock: ClockState, now: datetime, *, superseded: bool = False) -> None:
    """End a run; it was late, or else kept, or superseded by a new run."""
    if clock.pauses and clock.pauses[-1]["until"] is None:
        clock.pauses[-1]["until"] = now.isoformat()
    late = (clock.paused_at or now) > clock.due_at and clock.owner != RIGHT
    superseded = superseded or clock.owner == RIGHT
    clock.outcome = "late" if late else "superseded" if superseded else "kept"
    clock.stopped_at, clock.next_at, clock.paused_at = now, None, None


def regrade_clocks(case: CaseState, process: Process, now: datetime, rules: Rules) -> None:
    """Another grade gives running clocks another limit, counted from the same start."""
    for clock in case.clocks:
        if clock.stopped_at is None and clock.key in process.clocks:
            definition = process.clocks[clock.key]
            clock.limits[0] = find_limit(process, definition, case.grade, rules.limits)
            clock.warns = list(definition.warn)
            recount(clock, now, rules.calendar)


def extend_main(case: CaseState, process: Process, extra: str, now: datetime, rules: Rules) -> None:
    """Add granted time to the main clock; shares of the longer limit that lie ahead are warned of anew."""
    for clock in case.clocks:
        if clock.main and clock.stopped_at is None:
            clock.limits.append(extra)
            clock.warns = list(process.clocks[clock.key].warn)
            recount(clock, now, rules.calendar)


def set_governing(case: CaseState) -> None:
    """Copy to the header the clock that governs: the main one while it runs, else the one that ends first."""
    running = [clock for clock in case.clocks if clock.stopped_at is None and clock.owner not in ASIDE]
    governing = min(running, key=lambda clock: (not clock.main, clock.due_at), default=None)
    if governing is None:
        if case.closed_at is None:
            case.due_at = case.due_from = None
        case.paused_at = None
        return
    case.due_at, case.due_from, case.paused_at = governing.due_at, governing.started_at, governing.paused_at
