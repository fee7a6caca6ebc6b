"""Runs the statements of `queries.sql`."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from huiyin.journal.api import load_queries, open_cursor
from huiyin.kernel.words import Words
from huiyin.register.values import DutyInHand, Named, NamedUnit

QUERIES = load_queries(__package__)


def list_duties_for(category_id: int, area_id: int | None, on: date) -> list[DutyInHand]:
    """Duties in force, the most specific first."""
    rows = _fetch("list_duties_for", category_id, area_id, on)
    return [DutyInHand(row[0], row[1], Words(row[2], row[3]), *row[4:]) for row in rows]


def list_units_on_register(category_id: int, area_id: int | None, on: date) -> frozenset[int]:
    """The units that hold any duty for the matter."""
    return frozenset(row[0] for row in _fetch("list_units_on_register", category_id, area_id, on))


def look_up(
    category_id: int | None, unit_ids: list[int], matter_id: int | None, area_id: int | None, on: date
) -> Named:
    """What there is of a category and of units, and the duties of those units in a matter."""
    given = {"category_id": category_id, "unit_ids": unit_ids, "matter_id": matter_id}
    with open_cursor() as cursor:
        cursor.execute(QUERIES["look_up"], {**given, "area_id": area_id, "on": on})
        has_category, units, duties = cursor.fetchone()
    return Named(
        has_category,
        {pk: NamedUnit(*told) for pk, *told in json.loads(units)},
        frozenset((unit_id, part) for unit_id, part in json.loads(duties)),
    )


def find_by_codes(given: dict[str, Any]) -> tuple[bool, int | None, int | None, dict[str, int]]:
    """Whether the channel is in use; the ids of the active category, the area, the active units.

    `given`: channel, category, area (each a text or None), unit_keys (a list).
    """
    with open_cursor() as cursor:
        cursor.execute(QUERIES["find_by_codes"], given)
        in_use, category_id, area_id, units = cursor.fetchone()
    return in_use, category_id, area_id, dict(json.loads(units))


def load_rules() -> tuple[str, str, str]:
    """Overridden days, announced years and limits, each as the JSON text of a list; one statement."""
    with open_cursor() as cursor:
        cursor.execute(QUERIES["load_rules"])
        days, years, limits = cursor.fetchone()
    return days, years, limits


def has_channel(key: str) -> bool:
    """Whether an active channel has this key."""
    with open_cursor() as cursor:
        cursor.execute(QUERIES["has_channel"], {"key": key})
        return cursor.fetchone() is not None


def stamp_catalogue() -> str:
    """A text that differs whenever categories or areas have changed."""
    with open_cursor() as cursor:
        cursor.execute(QUERIES["stamp_catalogue"])
        text: str = cursor.fetchone()[0]
    return text


def lock_versions() -> None:
    """Nobody else numbers a version of the register until this transaction ends; readers are not held up."""
    with open_cursor() as cursor:
        cursor.execute(QUERIES["lock_versions"])


def list_of_version(number: int) -> dict[int, date | None]:
    """Each duty that the register of that version knew, by id, with the end that it had then."""
    with open_cursor() as cursor:
        cursor.execute(QUERIES["list_of_version"], {"number": number})
        return dict(cursor.fetchall())


def set_category_paths() -> None:
    """Write the path of every category whose place in the tree says another one."""
    with open_cursor() as cursor:
        cursor.execute(QUERIES["set_category_paths"])


def _fetch(name: str, category_id: int, area_id: int | None, on: date) -> list[tuple[Any, ...]]:
    with open_cursor() as cursor:
        cursor.execute(QUERIES[name], {"category_id": category_id, "area_id": area_id, "on": on})
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
