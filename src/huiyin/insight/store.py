"""The SQL of hot issues."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from huiyin.journal.api import load_queries

QUERIES = load_queries(__package__)


def fetch(name: str, given: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """The rows of one statement."""
    with connection.cursor() as cursor:
        cursor.execute(QUERIES[name], given)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def load_json(value: Any) -> Any:
    """What a JSON column holds: Django's connections give it as text."""
    return json.loads(value) if isinstance(value, str) else value


def add_members(pairs: Sequence[tuple[int, int]], now: datetime) -> int:
    """Let cases join issues (issue id, case id); those that are about one stay there. How many joined."""
    if not pairs:
        return 0
    given: dict[str, Any] = {
        "issue_ids": [one for one, _ in pairs],
        "case_ids": [case for _, case in pairs],
        "now": now,
    }
    with connection.cursor() as cursor:
        cursor.execute(QUERIES["add_members"], given)
        return int(cursor.rowcount)


def tell_progress(own: Any, run_id: int, percent: int) -> None:
    """Write how far a run is through a connection of its own."""
    with own.cursor() as cursor:
        cursor.execute(QUERIES["tell_progress"], {"percent": percent, "run_id": run_id})
