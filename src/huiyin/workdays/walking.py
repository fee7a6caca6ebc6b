"""A counted limit date by date: which dates count, and as which number."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from huiyin.workdays.calendars import Calendar
from huiyin.workdays.spans import Span, count_days
from huiyin.workdays.stillness import Stillness

Step = tuple[int, str, int]
"""A date's ordinal, its code (see `DayCount`), and its number among those that count (0: it does not)."""


def walk(span: Span, calendar: Calendar, still: Stillness) -> Iterator[Step]:
    """The dates after the start through the last day, or through the first date of an open pause.

    For a limit in hours: every date that it touches, that of the start included.
    """
    if span.limit.unit == "h":
        return _walk_hours(span, calendar, still)
    first = span.started_at.toordinal() + 1
    last = span.due_at.toordinal() if span.due_at else max(first, still.open_from)
    ordinals = range(first, last + 1)
    if span.limit.unit == "wd":
        return _walk_workdays(ordinals, calendar, still)
    return _walk_days(ordinals, count_days(span.limit, span.started_at), calendar, still)


def _walk_workdays(ordinals: range, calendar: Calendar, still: Stillness) -> Iterator[Step]:
    number = 0
    worked = set(calendar.list_workdays(ordinals[0], ordinals[-1]))
    for ordinal in ordinals:
        if still.is_paused(ordinal):
            yield ordinal, "paused", 0
        elif ordinal in worked:
            number += 1
            yield ordinal, "counted", number
        else:
            yield ordinal, "rest", 0


def _walk_days(ordinals: range, amount: int, calendar: Calendar, still: Stillness) -> Iterator[Step]:
    """By 民法典 203 a last day of rest is replaced by the next working day: the last number waits for it."""
    number = 0
    for ordinal in ordinals:
        if still.is_paused(ordinal):
            yield ordinal, "paused", 0
        elif number + 1 < amount or calendar.works(ordinal):
            number += 1
            yield ordinal, "counted", number
        else:
            yield ordinal, "rolled", 0


def _walk_hours(span: Span, calendar: Calendar, still: Stillness) -> Iterator[Step]:
    number = 0
    for on in _touched(span, still):
        runs = _runs_on(on, span, calendar, still)
        number += runs
        yield on.toordinal(), "clock" if runs else "paused", number if runs else 0


def _touched(span: Span, still: Stillness) -> Iterator[date]:
    zone = span.started_at.tzinfo
    opened = [p.since.astimezone(zone) for p in still.pauses if p.until is None]
    end = span.due_at or max(span.started_at, min(opened))
    for ordinal in range(span.started_at.toordinal(), end.toordinal() + 1):
        yield date.fromordinal(ordinal)


def _runs_on(on: date, span: Span, calendar: Calendar, still: Stillness) -> bool:
    if span.due_at and on == span.due_at.date():
        return True
    dawn = datetime.combine(on, time.min, calendar.tzinfo)
    dusk = datetime.combine(on + timedelta(days=1), time.min, calendar.tzinfo)
    return any(
        since < dusk and (until is None or until > dawn) for since, until in still.list_runs(span.started_at)
    )
