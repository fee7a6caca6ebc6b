"""The SQL of distributions: each statement touches all members of any number of plans at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from huiyin.journal.api import load_queries, open_cursor

QUERIES = load_queries(__package__)


def fetch(name: str, given: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """All rows of one statement."""
    with open_cursor() as cursor:
        cursor.execute(QUERIES[name], given)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def run(name: str, given: Mapping[str, Any]) -> int:
    """One statement without an answer; how many rows it touched."""
    with open_cursor() as cursor:
        cursor.execute(QUERIES[name], given)
        return int(cursor.rowcount)
