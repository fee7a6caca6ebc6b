"""What hot issues hand out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from huiyin.kernel.words import Words

STATES: Mapping[str, Words] = {
    "open": Words("待研判", "To look at"),
    "named": Words("已定名", "Named"),
    "dismissed": Words("不是热点", "Dismissed"),
    "merged": Words("已并入", "Merged"),
}
"""Where an issue stands; the first two are live."""

LIVE = ("open", "named")
ORDERS: Mapping[str, Words] = {
    "score": Words("热度", "Heat"),
    "size": Words("件数", "Cases"),
    "growth": Words("增长", "Growth"),
    "people": Words("人数", "People"),
    "overdue": Words("超时", "Overdue"),
    "latest": Words("最近", "Latest"),
}
"""How a list of issues may be ordered."""


@dataclass(frozen=True, slots=True)
class Sought:
    """Which issues a list holds: the period, where, about what, in which states, in which order."""

    since: datetime
    until: datetime
    township_id: int | None = None
    category_id: int | None = None
    states: Sequence[str] = LIVE
    order: str = "score"

    @property
    def before(self) -> datetime:
        """Where the period before this one begins: as long, right before it."""
        return self.since - max(self.until - self.since, timedelta(days=1))


@dataclass(frozen=True, slots=True)
class IssueRow:
    """An issue in a list. `size`, `people`, `votes` are of the period, `earlier` of the one before it.

    `split`: its first members were taken out of another issue by hand.
    """

    id: int
    title: str
    state: str
    score: int
    first_at: datetime
    last_at: datetime
    places: Sequence[str]
    keywords: Sequence[str]
    reason: str
    area: Words
    category: Words
    lead_number: str | None
    into_title: str | None
    split: bool
    size: int
    earlier: int
    people: int
    votes: int
    open: int
    overdue: int
    answered: int
    whole: int

    @property
    def growth(self) -> int:
        """By how many cases this period has more than the one before."""
        return self.size - self.earlier


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A case of an issue. `blocked` says why it cannot be merged into a group now; empty when it can."""

    id: int
    number: str
    title: str
    stage: Words
    stage_kind: str
    opened_at: datetime
    due_at: datetime | None
    due_from: datetime | None
    paused_at: datetime | None
    closed_at: datetime | None
    answered_at: datetime | None
    hurries: int
    members: int
    group_number: str | None
    lead: Words
    area: Words
    joined_at: datetime
    by_hand: bool
    blocked: Words


@dataclass(frozen=True, slots=True)
class IssueOf:
    """The issue that a case is about, as the case's page tells it."""

    id: int
    title: str
    state: str
    size: int
    lead_number: str | None
