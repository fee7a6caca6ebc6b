"""Runs the statements of `queries.sql`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from huiyin.cases.api import get_process
from huiyin.journal.api import load_queries, open_cursor
from huiyin.kernel.words import Words

QUERIES = load_queries(__package__)


@dataclass(frozen=True, slots=True)
class CellCase:
    """A case as the holder of its cell sees it: nothing of the person; `sure`: its cell is certain."""

    id: int
    number: str
    title: str
    process: str
    process_version: int
    stage: str
    stage_kind: str
    urgent: bool
    place: str
    opened_at: datetime
    closed_at: datetime | None
    due_at: datetime | None
    due_from: datetime | None
    paused_at: datetime | None
    cell_code: str
    cell_name: str
    cell_en: str
    sure: bool
    lead: str | None
    lead_en: str | None

    @property
    def stage_title(self) -> Words:
        """The stage's name in the process that the case pins."""
        return get_process(self.process, self.process_version).get_stage(self.stage).title

    @property
    def cell(self) -> Words:
        """The cell's name in both languages."""
        return Words(self.cell_name, self.cell_en)

    @property
    def lead_called(self) -> Words | None:
        """The lead unit's name in both languages; None while there is none."""
        return Words(self.lead, self.lead_en or "") if self.lead else None


def count_cell_cases(now: datetime) -> dict[int, tuple[int, int]]:
    """Cell → its open cases, and how many of them are overdue. One statement."""
    return {row[0]: (row[1], row[2]) for row in _fetch("count_cell_cases", {"now": now})}


def list_cell_cases(
    cell_ids: Iterable[int], *, closed: bool = False, number: str = "", limit: int = 200
) -> list[CellCase]:
    """Open cases of these cells, the soonest due first, then closed ones when asked; one statement."""
    given = {"cells": list(cell_ids), "closed": closed, "number": number, "limit": limit}
    return [CellCase(*row) for row in _fetch("list_cell_cases", given)]


def _fetch(name: str, given: dict[str, Any]) -> list[tuple[Any, ...]]:
    with open_cursor() as cursor:
        cursor.execute(QUERIES[name], given)
        return list(cursor.fetchall())
