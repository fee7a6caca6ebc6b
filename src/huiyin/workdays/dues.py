"""Due dates: a base limit, its extensions and its pauses counted together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from huiyin.workdays.calendars import Calendar
from huiyin.workdays.explaining import explain
from huiyin.workdays.spans import Span, count_span
from huiyin.workdays.stillness import Stillness
from huiyin.workdays.values import DayCount, Limit, Pause, Uncountable, check_moment
from huiyin.workdays.windows import Window, list_windows


@dataclass(frozen=True)
class Due:
    """When a clock runs out and why; what is not `due_at` is worked out when it is first asked for.

    `started_at` and `due_at` stand in the calendar's zone. `due_at` is `None` while a pause is open that
    began before the limits ran out: nothing can be said then. `provisional` tells that the count leans on a
    year without a notice.
    """

    started_at: datetime
    limits: tuple[Limit, ...]
    due_at: datetime | None
    provisional: bool
    spans: tuple[Span, ...]
    calendar: Calendar
    pauses: tuple[Pause, ...]

    @cached_property
    def days(self) -> tuple[DayCount, ...]:
        """Every date through the due day, or through the first of an open pause, and why it counts."""
        return tuple(explain(self.spans, self.calendar, self._still))

    @cached_property
    def _still(self) -> Stillness:
        return Stillness(self.pauses, self.calendar)

    @cached_property
    def windows(self) -> tuple[Window, ...]:
        """The countable time; empty while nothing can be said."""
        if self.due_at is None:
            return ()
        return tuple(list_windows(self.spans, self.calendar, self._still))


def count_due(
    start: datetime, limits: Sequence[Limit], calendar: Calendar, pauses: Sequence[Pause] = ()
) -> Due:
    """When a clock that began at `start` runs out.

    `limits[0]` is the base; each further one is a granted extension, counted from the due moment before it.

    - `h` runs on the clock around the clock; pauses push it by their exact length.
    - `wd` counts the working days after the day of the event, and is due at the close of the last.
    - `d` counts the dates after it; a last day of rest is replaced by the next working day (民法典 203).
    - `mo` ends on the corresponding day of its month, or the month's last (民法典 202), pushed by the paused
      days, and rolls like `d`.
    - A day that is paused at its close of business is not counted and nothing falls due on it. Pauses that
      overlap count once; pauses that begin when the limit has run out do not matter.

    Refused with `Uncountable` (a `ValueError`): no limit, a moment without a zone or outside the years
    1900 … 9998, and a calendar that has too few working days.
    """
    check_moment(start)
    started = start.astimezone(calendar.tzinfo)
    check_moment(started)
    if not limits:
        raise Uncountable("没有给出期限。", "No limit was given.")
    spans = tuple(_chain(started, limits, calendar, Stillness(tuple(pauses), calendar)))
    due = spans[-1].due_at
    leaning = any(span.provisional for span in spans)
    return Due(started, tuple(limits), due, leaning, spans, calendar, tuple(pauses))


def _chain(start: datetime, limits: Sequence[Limit], calendar: Calendar, still: Stillness) -> Iterator[Span]:
    for turn, limit in enumerate(limits):
        span = count_span(limit, turn, start, calendar, still)
        yield span
        if span.due_at is None:
            return
        start = span.due_at
