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


RULES_SQL = store.QUERIES["load_rules"]
"""A query of one row, the arguments of `read_rules`, for a statement that is made anyway."""


def load_rules() -> Rules:
    """The rules as they stand in the database now."""
    return read_rules(*store.load_rules())


@lru_cache(maxsize=8)
def read_rules(days: str, years: str, limits: str) -> Rules:
    """The rules that these texts tell; equal texts give equal rules, so that what was read may be kept."""
    overrides = {
        date.fromisoformat(on): DayRule(date.fromisoformat(on), works, Words(name, name_en), source)
        for on, works, name, name_en, source in json.loads(days)
    }
    calendar = Calendar(overrides=overrides, announced=frozenset(json.loads(years)))
    return Rules(
        calendar, {(process, clock, grade): limit for process, clock, grade, limit in json.loads(limits)}
    )
