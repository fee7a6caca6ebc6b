"""Where a clock stands still: pauses turned into stretches of time and into dates that do not count."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

from huiyin.workdays.calendars import LAST_ORDINAL, Calendar
from huiyin.workdays.values import Pause

FOREVER = LAST_ORDINAL + 1
"""The last day of a pause that is still open."""


@dataclass(frozen=True)
class Stillness:
    """The pauses of one clock, read by one calendar.

    A date is paused when its close of business lies after a pause's `since` and not after its `until`: a
    pause that begins at the close leaves that date counted, as its time had been used.
    """

    pauses: tuple[Pause, ...]
    calendar: Calendar

    @cached_property
    def gaps(self) -> tuple[tuple[int, int], ...]:
        """The paused dates as rising stretches of ordinals, apart; an open one ends at `FOREVER`."""
        if not self.pauses:
            return ()
        return tuple(_merge(sorted((first, last) for first, last, _ in self._stretches)))

    @cached_property
    def _stretches(self) -> list[tuple[int, int, str]]:
        found = ((self._first(p.since), self._last(p.until), p.reason) for p in _in_order(self.pauses))
        return [(first, last, reason) for first, last, reason in found if first <= last]

    def _first(self, since: datetime) -> int:
        local = since.astimezone(self.calendar.tzinfo)
        return local.toordinal() + (local.time() >= self.calendar.close)

    def _last(self, until: datetime | None) -> int:
        if until is None:
            return FOREVER
        local = until.astimezone(self.calendar.tzinfo)
        return local.toordinal() - (local.time() < self.calendar.close)

    def find_reason(self, ordinal: int) -> str | None:
        """Why this date is paused, by the pause that began first; `None` when it is not paused."""
        return next((reason for first, last, reason in self._stretches if first <= ordinal <= last), None)

    def is_paused(self, ordinal: int) -> bool:
        """Whether the close of business of this date falls into a pause."""
        gaps = self.gaps
        place = bisect_right(gaps, (ordinal, FOREVER)) - 1
        return place >= 0 and ordinal <= gaps[place][1]

    @cached_property
    def open_from(self) -> int:
        """The first date of a pause that is still open; `FOREVER` when there is none."""
        return min((first for first, last in self.gaps if last == FOREVER), default=FOREVER)

    def list_runs(self, start: datetime) -> Iterator[tuple[datetime, datetime | None]]:
        """The stretches (UTC) in which the clock runs from `start` on.

        The last has no end, unless a pause is open: then none comes after it.
        """
        cursor = start.astimezone(UTC)
        for pause in _in_order(self.pauses):
            since = pause.since.astimezone(UTC)
            if since > cursor:
                yield cursor, since
            if pause.until is None:
                return
            cursor = max(cursor, pause.until.astimezone(UTC))
        yield cursor, None


def _in_order(pauses: Iterable[Pause]) -> list[Pause]:
    moving = (pause for pause in pauses if pause.until is None or pause.since < pause.until)
    return sorted(moving, key=lambda pause: (pause.since.astimezone(UTC), pause.reason))


def _merge(stretches: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    if not stretches:
        return
    first, last = stretches[0]
    for other_first, other_last in stretches[1:]:
        if other_first <= last + 1:
            last = max(last, other_last)
        else:
            yield first, last
            first, last = other_first, other_last
    yield first, last
