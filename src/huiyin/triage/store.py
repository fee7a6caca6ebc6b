"""Runs the statements of `queries.sql`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from huiyin.journal.api import load_queries, open_cursor

QUERIES = load_queries(__package__)
_RIGHT = "p.chosen_category_id = p.category_id"
_MEASURE = QUERIES["measure"].format(right=_RIGHT)
_COUNT = QUERIES["count_arrived"].format(right=_RIGHT)


def read_panel(case_id: int) -> dict[str, Any] | None:
    """The newest suggestion of a case with all names; None when there is none."""
    rows = _fetch(QUERIES["read_panel"], {"case_id": case_id})
    return json.loads(rows[0][0]) if rows else None


def find_waiting(version_id: int, limit: int) -> list[int]:
    """Cases that wait for a dispatch and for this version's word."""
    rows = _fetch(QUERIES["find_waiting"], {"version_id": version_id, "limit": limit})
    return [row[0] for row in rows]


def is_from_same_person(case_id: int, category_id: int | None, alike: Sequence[int]) -> bool:
    """Whether the person has an open case that is alike or of the same category."""
    given = {"case_id": case_id, "category_id": category_id, "alike": list(alike)}
    return bool(_fetch(QUERIES["is_from_same_person"], given)[0][0])


def measure(since: datetime) -> list[tuple[Any, ...]]:
    """Category, step of certainty, decided, right, automatic, right of these."""
    return _fetch(_MEASURE, {"since": since})


def count_arrived(since: datetime) -> tuple[int, int, int]:
    """Decided, right, automatic."""
    decided, right, automatic = _fetch(_COUNT, {"since": since})[0]
    return decided, right, automatic


def list_examples() -> list[tuple[Any, ...]]:
    """Number, title, words, category code and group of each labelled case."""
    return _fetch(QUERIES["list_examples"], {})


def _fetch(sql: str, params: dict[str, Any]) -> list[tuple[Any, ...]]:
    with open_cursor() as cursor:
        cursor.execute(sql, params)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
