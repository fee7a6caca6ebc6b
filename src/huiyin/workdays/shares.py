"""How much of a limit is used, and when a share of it will be. Whole numbers only."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from huiyin.workdays.dues import Due, count_due
from huiyin.workdays.values import Uncountable, check_moment
from huiyin.workdays.windows import Window

WHOLE = 1000


def at_fraction(due: Due, per_mille: int) -> datetime | None:
    """The first moment at which so many thousandths (0 … 1000) of the countable time are used.

    In the calendar's zone; 0 is the start and 1000 is `due_at`. `None` while an open pause keeps the due date
    unknown.
    """
    if not 0 <= per_mille <= WHOLE:
        raise Uncountable("比例须在 0 至 1000 之间。", "A share lies between 0 and 1000 per mille.")
    if due.due_at is None or per_mille == WHOLE:
        return due.due_at
    if per_mille == 0:
        return due.started_at
    wanted = -(-_total(due) * per_mille // WHOLE)
    for window in due.windows:
        if wanted <= window.length:
            return (window.since + timedelta(microseconds=wanted)).astimezone(due.calendar.tzinfo)
        wanted -= window.length
    return due.due_at


def used_per_mille(due: Due, now: datetime) -> int:
    """How many thousandths of the countable time are used at `now`, rounded down; 1000 once it is due.

    While a pause is open: what was used when it began, were it to end at `now`.
    """
    check_moment(now)
    settled = _settle(due, now)
    reached = now if due.due_at else min([now, *(pause.since for pause in due.pauses if not pause.until)])
    used = sum(_used(window, reached) for window in settled.windows)
    return used * WHOLE // _total(settled)


def remaining_seconds(due: Due, now: datetime) -> int:
    """Seconds on the wall from `now` to the due moment, rounded down; negative when late.

    While a pause is open: to the moment at which the limit would be due if the pause ended at `now`.
    """
    check_moment(now)
    due_at = _settle(due, now).due_at
    if due_at is None:
        raise AssertionError("a due date without an open pause is known")
    return (due_at.astimezone(UTC) - now) // timedelta(seconds=1)


def _settle(due: Due, now: datetime) -> Due:
    """The same clock with every open pause ended at `now`, or at its beginning when that lies ahead."""
    if due.due_at is not None:
        return due
    closed = [p if p.until else replace(p, until=max(now, p.since)) for p in due.pauses]
    return count_due(due.started_at, due.limits, due.calendar, closed)


def _total(due: Due) -> int:
    return sum(window.length for window in due.windows)


def _used(window: Window, now: datetime) -> int:
    if now <= window.since:
        return 0
    return Window(window.since, min(window.until, now)).length
