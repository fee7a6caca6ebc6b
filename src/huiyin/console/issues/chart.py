"""The course of an issue as bars by day or by week: drawn by the server, the same numbers in a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from huiyin.insight.api import MemberRow
from huiyin.pages.api import local

WIDTH, HEIGHT, GAP = 720, 120, 2
DAYS_AT_MOST = 62
"""A longer course is told by weeks."""


@dataclass(frozen=True, slots=True)
class Bar:
    """The cases that came within a day or a week that begins `on`, and where its bar stands."""

    on: date
    count: int
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Course:
    """All bars; `step` is 1 or 7 days, `most` the highest count."""

    bars: Sequence[Bar]
    step: int
    most: int

    @property
    def counted(self) -> Sequence[Bar]:
        """The bars that are not empty: what the table lists."""
        return [bar for bar in self.bars if bar.count]


def make_course(members: Sequence[MemberRow]) -> Course | None:
    """The course of the members' arrival; None without members."""
    days = [local(member.opened_at).date() for member in members]
    if not days:
        return None
    first, last = min(days), max(days)
    step = 1 if (last - first).days < DAYS_AT_MOST else 7
    first -= timedelta(days=first.weekday() if step == 7 else 0)
    slots = (last - first).days // step + 1
    counts = Counter((day - first).days // step for day in days)
    most, wide = max(counts.values()), max(2, min(40, WIDTH // slots))
    return Course([_make_bar(first, at, step, counts[at], most, wide) for at in range(slots)], step, most)


def _make_bar(first: date, at: int, step: int, count: int, most: int, wide: int) -> Bar:
    high = count * HEIGHT // most
    on = first + timedelta(days=at * step)
    return Bar(on, count, at * wide, HEIGHT - high, max(1, wide - GAP), high)
