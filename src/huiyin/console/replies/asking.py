"""Which samples are asked for, as the address says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from huiyin.kernel.texts import read_number
from huiyin.kernel.words import Words
from huiyin.pages.api import Tab, address
from huiyin.replies.api import ALL, BANDS, JUDGED, TO_JUDGE, VIEWS, Sought

TITLES: Mapping[str, Words] = {
    TO_JUDGE: Words("待评判", "To judge"),
    JUDGED: Words("已评判", "Judged"),
    ALL: Words("全部检查", "All checks"),
}
UNITS = "units"
UNITS_TITLE = Words("按单位", "By unit")


@dataclass(frozen=True, slots=True)
class Asked:
    """The question as it stands above the list: `sought`, and whether it is the sheet of units."""

    sought: Sought
    by_unit: bool
    query: dict[str, str]

    def address(self, **changes: str) -> str:
        """The query of another page over the same samples."""
        return address(self.query, **changes)

    def list_tabs(self, waiting: int) -> list[Tab]:
        """The views as tabs; what waits is counted."""
        now = UNITS if self.by_unit else self.sought.view
        titles = {**TITLES, UNITS: UNITS_TITLE}
        return [
            Tab(
                title,
                self.address(view=key, page=""),
                waiting if key == TO_JUDGE else None,
                current=key == now,
            )
            for key, title in titles.items()
        ]


def read_asked(query: Mapping[str, str]) -> Asked:
    """The question of an address; nonsense is passed over."""
    view = query.get("view", TO_JUDGE)
    band = query.get("band", "")
    sought = Sought(
        view if view in VIEWS else TO_JUDGE,
        read_number(query.get("unit", "")),
        band if band in BANDS else "",
        _read_day(query.get("since", "")),
        _read_day(query.get("until", "")),
    )
    return Asked(sought, view == UNITS, _write(sought, view))


def _write(sought: Sought, view: str) -> dict[str, str]:
    parts = {
        "view": view if view in {*VIEWS, UNITS} else TO_JUDGE,
        "unit": str(sought.unit_id or ""),
        "band": sought.band,
        "since": sought.since.isoformat() if sought.since else "",
        "until": sought.until.isoformat() if sought.until else "",
    }
    return {key: value for key, value in parts.items() if value}


def _read_day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError:
        return None
    return day if day and 2000 <= day.year < 3000 else None
