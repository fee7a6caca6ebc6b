"""What is asked of the register, as the address says, and what can be chosen to ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from huiyin.kernel.texts import clean, read_number
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand, list_areas, list_units
from huiyin.register.api import Category, DutyQuery, Part, list_categories

PARTS: dict[str, Words] = {
    Part.LEAD.value: Words("主办", "Lead"),
    Part.ASSISTING.value: Words("协办", "Assisting"),
}
MINE = "mine"
Option = tuple[str, Words]


@dataclass(frozen=True, slots=True)
class Asked:
    """The question: `query` for the register, and the `parts` of the address that say so."""

    query: DutyQuery
    parts: dict[str, str]

    @property
    def on(self) -> date:
        """The day that is asked for."""
        return self.query.on or date.min


def read_asked(given: Mapping[str, str], account: AccountInHand, today: date) -> Asked:
    """What the address asks; nonsense narrows nothing, and no day is today."""
    words = clean(given.get("q", ""))[:80]
    unit = given.get("unit", "")
    unit_id = _find_own(account) if unit == MINE else read_number(unit)
    on = read_day(given.get("on", "")) or today
    part = given.get("part", "") if given.get("part", "") in PARTS else ""
    category, area = read_number(given.get("category", "")), read_number(given.get("area", ""))
    kept = {
        "q": words,
        "unit": unit if unit_id else "",
        "area": str(area or ""),
        "category": str(category or ""),
        "part": part,
        "on": on.isoformat() if on != today else "",
    }
    query = DutyQuery(words, unit_id or None, area or None, category or None, part, on)
    return Asked(query, {key: value for key, value in kept.items() if value})


def _find_own(account: AccountInHand) -> int | None:
    return account.main_unit.unit_id if account.main_unit else None


def read_day(text: str) -> date | None:
    """The day that was typed; None for anything else, and for days of other millennia."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 2000 <= day.year < 3000 else None


def list_choices() -> dict[str, Any]:
    """What the filters offer: units, townships, categories of the first two levels, parts."""
    return {
        "units": list_unit_choices(),
        "areas": [(str(area.pk), area.called) for area in list_areas("township")],
        "categories": list_category_choices(list_categories(), deepest=2),
        "parts_of": list(PARTS.items()),
    }


def list_unit_choices() -> list[Option]:
    """Units in use, as they are sorted on screen."""
    return [(str(unit.pk), Words(unit.short, unit.name_en)) for unit in list_units()]


def list_category_choices(categories: list[Category], deepest: int) -> list[Option]:
    """Categories by code, the deeper the further in."""
    ordered = sorted((one for one in categories if one.level <= deepest), key=lambda one: one.code)
    return [(str(one.pk), _indent(one)) for one in ordered]


def _indent(category: Category) -> Words:
    space = "　" * (category.level - 1)
    return Words(f"{space}{category.name}", f"{space}{category.name_en or category.name}")
