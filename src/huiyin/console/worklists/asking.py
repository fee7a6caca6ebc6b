"""What a worklist's address asks for: tab, filters, order, page. Read leniently: nonsense filters nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from huiyin.cases.api import ORDERS, TABS, Filters
from huiyin.pages.api import ZONE

MAIN = ("township", "category", "stage")
MORE = ("unit", "process", "grade", "channel", "state", "urgent", "opened_from", "opened_to")
FILTERS = ("q", *MAIN, *MORE)
KEPT = ("tab", *FILTERS, "order", "view")
"""The parts of an address that a saved view, an export and the pager keep; `page` is not among them."""

LONGEST = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """The parts of the address that say something, cleaned, and the filters that they amount to."""

    parts: Mapping[str, str]
    filters: Filters

    @property
    def narrowed(self) -> bool:
        """Whether anything beside the tab and the order narrows the list."""
        return any(key in self.parts for key in FILTERS)

    @property
    def more_open(self) -> bool:
        """Whether one of the filters that are folded away is in use."""
        return any(key in self.parts for key in MORE)


def read_asked(query: Mapping[str, str], first_tab: str) -> Asked:
    """Read an address. Without a tab a search looks through all cases, a plain visit opens `first_tab`."""
    parts = {key: query.get(key, "").strip()[:LONGEST] for key in KEPT}
    parts = {key: value for key, value in parts.items() if value and _fits(key, value)}
    if parts.get("tab") not in TABS:
        parts["tab"] = "all" if any(key in parts for key in FILTERS) else first_tab
    if parts.get("order") not in ORDERS:
        parts.pop("order", None)
    return Asked(parts, make_filters(parts))


def make_filters(parts: Mapping[str, str]) -> Filters:
    """The filters that cleaned parts of an address amount to."""
    chosen: dict[str, Any] = {name: read(parts[key]) for key, (name, read) in _READ.items() if key in parts}
    if parts.get("stage", "").startswith("kind:"):
        chosen["stage_kind"] = chosen.pop("stage").removeprefix("kind:")
    return Filters(tab=parts["tab"], order=parts.get("order", "due"), **chosen)


def _read_day(text: str) -> datetime:
    return datetime.combine(date.fromisoformat(text), time(), ZONE)


def _read_day_after(text: str) -> datetime:
    return _read_day(text) + timedelta(days=1)


_READ: Mapping[str, tuple[str, Callable[[str], Any]]] = {
    "q": ("q", str),
    "township": ("township_id", int),
    "category": ("category_id", int),
    "unit": ("unit_id", int),
    "stage": ("stage", str),
    "process": ("process", str),
    "grade": ("grade", str),
    "channel": ("channel", str),
    "state": ("state", str),
    "urgent": ("urgent", bool),
    "opened_from": ("opened_from", _read_day),
    "opened_to": ("opened_to", _read_day_after),
}


def _fits(key: str, value: str) -> bool:
    if key in {"township", "category", "unit", "view"}:
        return value.isascii() and value.isdigit() and len(value) < 18
    if key in {"opened_from", "opened_to"}:
        return _is_day(value)
    if key == "state":
        return value in {"open", "closed"}
    return "\0" not in value


def _is_day(value: str) -> bool:
    try:
        return 1900 < date.fromisoformat(value).year < 3000
    except ValueError:
        return False
