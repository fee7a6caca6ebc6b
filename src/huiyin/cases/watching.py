"""Warns before a clock ends, says when it has ended, counts clocks anew, takes up what hangs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from huiyin.cases import definitions, store, timing
from huiyin.cases.models import Case
from huiyin.cases.moving import move_case
from huiyin.cases.values import SYSTEM, ClockState
from huiyin.journal.api import Event, NewEntry, append
from huiyin.kernel.refusals import Refusal
from huiyin.register.api import Rules, load_rules
from huiyin.workdays.api import Calendar, at_fraction

AT_ONCE = 500


def watch_clocks(now: datetime, limit: int = AT_ONCE) -> int:
    """Journal and announce the warnings and expiries that have come, at most `limit`; how many there were."""
    with transaction.atomic():
        rows = store.take_expiring(now, limit)
        if rows:
            _see_to(rows, now)
    return len(rows)


def _see_to(rows: list[dict[str, Any]], now: datetime) -> None:
    calendar = load_rules().calendar
    changes, entries, events = [], [], []
    for row in rows:
        clock = _read_clock(row)
        entry = _advance(clock, row, now, calendar)
        changes.append({"id": clock.id, "warns": clock.warns, "next_at": clock.next_at})
        if entry is not None:
            entries.append(entry)
            events.append(_announce(row, entry, now))
    store.write_expiry(changes)
    if entries:
        append(entries, events)


def _read_clock(row: Mapping[str, Any]) -> ClockState:
    names = ("id", "key", "owner", "main", "round", "started_at", "limits", "due_at", "calendar")
    told = {name: row[name] for name in names}
    ended = [pause for pause in row["pauses"] if pause["until"]]  # what came before an open pause stands
    return ClockState(**told, paused_at=row["paused_at"], pauses=ended, warns=list(row["warns"]))


def _advance(clock: ClockState, row: Mapping[str, Any], now: datetime, calendar: Calendar) -> NewEntry | None:
    """Move the clock on to its next moment; the entry tells the latest share that has come, or the expiry."""
    reached_at = min(now, clock.paused_at) if clock.paused_at else now
    body = {"clock": clock.key, "due_at": clock.due_at.isoformat()}
    if clock.due_at <= reached_at:
        clock.warns, clock.next_at = [], None
        return NewEntry(_subject(row), "clock-expired", now, None, SYSTEM.name, {**body, "share": None})
    due = timing.count_clock(clock, calendar)
    moments = {share: at_fraction(due, share) for share in clock.warns}
    passed = [share for share, moment in moments.items() if moment is not None and moment <= reached_at]
    clock.next_at = None if clock.paused_at else timing.next_moment(due, clock.warns, now)
    clock.warns = [share for share in clock.warns if share not in passed]
    if not passed:
        return None
    return NewEntry(_subject(row), "clock-warned", now, None, SYSTEM.name, {**body, "share": max(passed)})


def _subject(row: Mapping[str, Any]) -> str:
    return f"case:{row['number']}"


def _announce(row: Mapping[str, Any], entry: NewEntry, now: datetime) -> Event:
    """`unit_id` is None for a clock of the centre; `escalates` are the roles that hear of an expiry too."""
    unit_id = None if row["owner"] == "centre" else row["unit_id"] or row["lead_id"]
    body = {
        **entry.body,
        "case_id": row["case_id"],
        "number": row["number"],
        "title": row["title"],
        "owner": row["owner"],
        "unit_id": unit_id,
        **_escalate(row, entry),
    }
    return Event(entry.verb, entry.subject, body, now)


def _escalate(row: Mapping[str, Any], entry: NewEntry) -> dict[str, list[str]]:
    clock = definitions.get_process(row["process"], row["process_version"]).clocks.get(row["key"])
    roles = list(clock.escalates) if clock and entry.verb == "clock-expired" else []
    return {"escalates": roles} if roles else {}


def recount_clocks(now: datetime, limit: int = AT_ONCE) -> int:
    """Count running clocks anew that another calendar counted; a change is journalled. How many cases."""
    rules = load_rules()
    numbers = store.list_recountable(rules.calendar.digest, limit)
    for number in numbers:
        _recount_case(number, now, rules)
    return len(numbers)


@transaction.atomic
def _recount_case(number: str, now: datetime, rules: Rules) -> None:
    locked = store.lock_case(number)
    case = locked.case
    before = {clock.id: clock.due_at for clock in case.clocks}
    for clock in case.clocks:
        timing.recount(clock, now, rules.calendar)
    changes = [
        {"clock": clock.key, "before": before[clock.id].isoformat(), "after": clock.due_at.isoformat()}
        for clock in case.clocks
        if clock.due_at != before[clock.id]
    ]
    timing.set_governing(case)
    body = {"changes": changes, "calendar": rules.calendar.digest}
    entries = [NewEntry(case.subject, "clock-recounted", now, None, SYSTEM.name, body)] if changes else []
    append(entries, beside=[store.write_move(locked, [], [], regroup=False)])


def resume_hung(now: datetime) -> int:
    """Take up again the hung cases whose review date has come; how many."""
    due = Case.objects.filter(hung_until__lte=timezone.localdate(now), closed_at__isnull=True)
    return sum(_resume(case, now) for case in due.order_by("id"))


def _resume(case: Case, now: datetime) -> bool:
    process = definitions.get_process(case.process, case.process_version)
    if "resume" not in process.moves or case.stage not in process.moves["resume"].sources:
        return False
    try:
        move_case(case.number, "resume", {"reason": "挂账复查日期已到"}, SYSTEM, now)
    except Refusal:
        return False  # its process lets only people take it up: it stays on their list
    return True
