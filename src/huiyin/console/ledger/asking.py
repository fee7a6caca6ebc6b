"""Which ledger is asked for: the period, the channel, the process, the unit, as the address says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from huiyin.cases.api import Filters, LedgerScope
from huiyin.pages.api import ZONE, address

FIRST, LAST = date(2000, 1, 1), date(2999, 12, 31)


@dataclass(frozen=True, slots=True)
class Asked:
    """The question as it stands in the form above the ledger. Days are inclusive."""

    since: date
    until: date
    channel: str = ""
    process: str = ""
    unit_id: int | None = None

    @property
    def scope(self) -> LedgerScope:
        """The same for the statements of cases."""
        end = datetime.combine(self.until + timedelta(days=1), time(), ZONE)
        return LedgerScope(
            datetime.combine(self.since, time(), ZONE), end, self.channel, self.process, self.unit_id
        )

    @property
    def filters(self) -> Filters:
        """The same as a list of cases, newest first."""
        scope = self.scope
        return Filters(
            channel=self.channel,
            process=self.process,
            unit_id=self.unit_id,
            opened_from=scope.opened_from,
            opened_to=scope.opened_to,
            order="opened",
        )

    @property
    def query(self) -> dict[str, str]:
        """The parts of the address that say so."""
        parts = {
            "since": self.since.isoformat(),
            "until": self.until.isoformat(),
            "channel": self.channel,
            "process": self.process,
            "unit": str(self.unit_id or ""),
        }
        return {key: value for key, value in parts.items() if value}

    def address(self, **changes: str) -> str:
        """The query of a page over the same ledger."""
        return address(self.query, **changes)


def read_asked(query: Mapping[str, str], today: date) -> Asked:
    """What the address asks for; nonsense means this year so far, days the wrong way round are turned."""
    since = _read_day(query.get("since", ""), date(today.year, 1, 1))
    until = _read_day(query.get("until", ""), today)
    unit = query.get("unit", "")
    return Asked(
        min(since, until),
        max(since, until),
        query.get("channel", ""),
        query.get("process", ""),
        int(unit) if unit.isascii() and unit.isdigit() and len(unit) < 10 else None,
    )


def _read_day(text: str, usual: date) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return usual
    return min(max(day, FIRST), LAST)
