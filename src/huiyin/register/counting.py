"""What due dates are counted by: the calendar in force and the county's own limits, in one statement."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from huiyin.kernel.words import Words
from huiyin.register import store
from huiyin.register.limits import Key
from huiyin.workdays.api import Calendar, DayRule


@dataclass(frozen=True, slots=True)
class Rules:
    """The calendar in force, and (process, clock, grade) → the limit that the county set."""

    calendar: Calendar
    limits: Mapping[Key, str]


def load_rules() -> Rules:
    """The rules as they stand in the database now."""
    return _read(*store.load_rules())


@lru_cache(maxsize=8)
def _read(days: str, years: str, limits: str) -> Rules:
    """Equal texts give equal rules, so that what was read from them may be kept."""
    overrides = {
        date.fromisoformat(on): DayRule(date.fromisoformat(on), works, Words(name, name_en), source)
        for on, works, name, name_en, source in json.loads(days)
    }
    calendar = Calendar(overrides=overrides, announced=frozenset(json.loads(years)))
    return Rules(
        calendar, {(process, clock, grade): limit for process, clock, grade, limit in json.loads(limits)}
    )
