"""The stretches of time that use up a limit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from huiyin.workdays.calendars import Calendar
from huiyin.workdays.spans import Span
from huiyin.workdays.stillness import Stillness
from huiyin.workdays.walking import walk

_MICROSECOND = timedelta(microseconds=1)


class Window(NamedTuple):
    """Countable time (UTC): after `since`, up to and including `until`."""

    since: datetime
    until: datetime

    @property
    def length(self) -> int:
        """Its length in microseconds."""
        return (self.until - self.since) // _MICROSECOND


def list_windows(spans: Iterable[Span], calendar: Calendar, still: Stillness) -> Iterator[Window]:
    """The countable time of limits that are due, in order and without overlap.

    For days and months each counted date gives the time from the close of the day before through its own, the
    first no earlier than the start; other dates give none. For hours: the time in which no pause held.
    """
    for span in spans:
        if span.due_at is None:
            return
        hours = span.limit.unit == "h"
        yield from _windows_of_hours(span, still) if hours else _windows_of_days(span, calendar, still)


def _windows_of_hours(span: Span, still: Stillness) -> Iterator[Window]:
    due = (span.due_at or span.started_at).astimezone(UTC)
    for since, until in still.list_runs(span.started_at):
        if since >= due:
            return
        yield Window(since, due if until is None else min(due, until))


def _windows_of_days(span: Span, calendar: Calendar, still: Stillness) -> Iterator[Window]:
    start = span.started_at.astimezone(UTC)
    for first, last in _runs_of_counted(span, calendar, still):
        since = calendar.closing(first - 1).astimezone(UTC)
        yield Window(max(start, since), calendar.closing(last).astimezone(UTC))


def _runs_of_counted(span: Span, calendar: Calendar, still: Stillness) -> Iterator[tuple[int, int]]:
    """The counted dates as stretches of neighbours."""
    first = last = 0
    for ordinal in (ordinal for ordinal, _, number in walk(span, calendar, still) if number):
        if ordinal == last + 1:
            last = ordinal
            continue
        if first:
            yield first, last
        first = last = ordinal
    if first:
        yield first, last
