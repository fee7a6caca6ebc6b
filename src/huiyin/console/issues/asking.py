"""Which issues are asked for: period, township, category, state and order, as the address says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from huiyin.insight.api import LIVE, ORDERS, Sought
from huiyin.kernel.texts import read_number
from huiyin.pages.api import ZONE, address

FIRST, LAST = date(2000, 1, 1), date(2999, 12, 31)
USUAL_DAYS = 30
SHOWN: Mapping[str, tuple[str, ...]] = {"live": LIVE, "dismissed": ("dismissed",), "merged": ("merged",)}


@dataclass(frozen=True, slots=True)
class Asked:
    """The question as it stands in the form above the list. Days are inclusive."""

    since: date
    until: date
    township_id: int | None
    category_id: int | None
    shown: str
    order: str

    @property
    def sought(self) -> Sought:
        """The same for the statement."""
        return Sought(
            datetime.combine(self.since, time(), ZONE),
            datetime.combine(self.until + timedelta(days=1), time(), ZONE),
            self.township_id,
            self.category_id,
            SHOWN[self.shown],
            self.order,
        )

    @property
    def query(self) -> dict[str, str]:
        """The parts of the address that say so."""
        return {
            "since": self.since.isoformat(),
            "until": self.until.isoformat(),
            "township": str(self.township_id or ""),
            "category": str(self.category_id or ""),
            "shown": "" if self.shown == "live" else self.shown,
            "order": "" if self.order == "score" else self.order,
        }

    def address(self, **changes: str) -> str:
        """The query of a page over the same list."""
        return address(self.query, **changes)


def read_asked(query: Mapping[str, str], today: date) -> Asked:
    """What the address asks for; nonsense means the last thirty days, all townships, the hottest first."""
    until = _read_day(query.get("until", ""), today)
    since = _read_day(query.get("since", ""), until - timedelta(days=USUAL_DAYS - 1))
    shown, order = query.get("shown", ""), query.get("order", "")
    return Asked(
        min(since, until),
        max(since, until),
        read_number(query.get("township", "")),
        read_number(query.get("category", "")),
        shown if shown in SHOWN else "live",
        order if order in ORDERS else "score",
    )


def _read_day(text: str, usual: date) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return usual
    return min(max(day, FIRST), LAST)
