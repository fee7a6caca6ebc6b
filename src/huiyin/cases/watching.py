"""Warns before a clock ends, says when it has ended, counts clocks anew when the calendar changed, takes up what hangs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from huiyin.cases import definitions, store, timing
from huiyin.cases.models import Case
from huiyin.cases.moving import move_case
from huiyin.cases.values import SYSTEM, ClockState
from huiyin.journal.api import Event, NewEntry, append
from huiyin.kernel.refusals import Refusal
from huiyin.register.api import load_calendar, load_limits


def watch_clocks(now: datetime, limit: int = 500) -> int:
    """Journal and announce every warning and expiry that has come, at most `limit`; answers how many."""
    with transaction.atomic():
        rows = store.take_expiring(now, limit)
        if rows:
            calendar = load_calendar()
            clocks = [_advance(row, now, calendar) for row in rows]
            store.write_expiry([clock for clock, _ in clocks])
            append(
                [entry for _, entry in clocks],
                [_announce(row, entry, now) for row, (_, entry) in zip(rows, clocks, strict=True)],
            )
    return len(rows)


def _advance(row: dict[str, Any], now: datetime, calendar: Any) -> tuple[dict[str, Any], NewEntry]:
    warns = sorted(row["warns"])
    reached = row["due_at"] <= now
    clock = ClockState(
        row["key"],
        row["owner"],
        row["main"],
        1,
        row["started_at"],
        row["limits"],
        row["due_at"],
        row["calendar"],
        pauses=row["pauses"],
    )
    left = warns[1:] if warns and not reached else []
    next_at = None if reached else timing.next_moment(timing.count_clock(clock, calendar), left, now)
    body = {
        "clock": row["key"],
        "share": None if reached else (warns[0] if warns else 1000),
        "due_at": row["due_at"].isoformat(),
    }
    verb = "clock-expired" if reached else "clock-warned"
    entry = NewEntry(f"case:{row['number']}", verb, now, None, SYSTEM.name, body)
    return {"id": row["id"], "warns": left, "next_at": next_at}, entry


def _announce(row: Mapping[str, Any], entry: NewEntry, now: datetime) -> Event:
    body = {
        **entry.body,
        "case_id": row["case_id"],
        "number": row["number"],
        "title": row["title"],
        "unit_id": row["unit_id"] or row["lead_id"],
    }
    return Event(entry.verb, f"case:{row['number']}", body, now)


def recount_clocks(now: datetime, limit: int = 500) -> int:
    """Count running clocks anew that were counted by another calendar; a change is journalled. Answers how many cases."""
    calendar = load_calendar()
    numbers = store.list_recountable(calendar.digest, limit)
    for number in numbers:
        _recount_case(number, now, timing.Rules(calendar, load_limits()))
    return len(numbers)


def _recount_case(number: str, now: datetime, rules: timing.Rules) -> None:
    with transaction.atomic():
        case = store.lock_case(number)
        changes = []
        for clock in case.clocks:
            before = clock.due_at
            timing.recount(clock, now, rules.calendar)
            if clock.due_at != before:
                changes.append(
                    {"clock": clock.key, "before": before.isoformat(), "after": clock.due_at.isoformat()}
                )
        timing.set_governing(case)
        store.write_move(case, [], [], regroup=False)
        if changes:
            append(
                [
                    NewEntry(
                        case.subject,
                        "clock-recounted",
                        now,
                        None,
                        SYSTEM.name,
                        {"changes": changes, "calendar": rules.calendar.digest},
                    )
                ]
            )


def share_answer(number: str, reply: str, version: int, now: datetime) -> int:
    """Answer everybody whose case was merged into this one; a member is answered once for each answer. Answers how many."""
    leader = Case.objects.get(number=number)
    answered = 0
    for member in Case.objects.filter(group_id=leader.pk, closed_at__isnull=True).order_by("id"):
        process = definitions.get_process(member.process, member.process_version)
        if "share_answer" not in process.moves or member.stage not in process.moves["share_answer"].sources:
            continue
        move_case(
            member.number, "share_answer", {"reply": reply}, SYSTEM, now, key=f"share:{number}:{version}"
        )
        answered += 1
    return answered


def free_members(number: str, now: datetime) -> int:
    """Let go of everybody merged into a case that ended without an answer: each is dispatched for itself. Answers how many."""
    freed = 0
    for member in Case.objects.filter(group__number=number, closed_at__isnull=True, answered_at__isnull=True).order_by("id"):
        process = definitions.get_process(member.process, member.process_version)
        if "unmerge" in process.moves and member.stage in process.moves["unmerge"].sources:
            move_case(member.number, "unmerge", {"reason": f"{number} 未经答复即结束"}, SYSTEM, now, key=f"free:{number}")
            freed += 1
    return freed


def resume_hung(now: datetime) -> int:
    """Take up again the hung cases whose review date has come."""
    due = Case.objects.filter(hung_until__lte=now.date(), closed_at__isnull=True, stage="hung").values_list(
        "number", flat=True
    )
    resumed = 0
    for number in due:
        try:
            move_case(number, "resume", {"reason": "挂账复查日期已到"}, SYSTEM, now)
            resumed += 1
        except Refusal:
            continue  # its process lets only people take it up: it stays on their list
    return resumed
