"""Runs the statements of `queries.sql`."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from huiyin.grid.values import OnDuty, Point, Polygons
from huiyin.journal.api import load_queries, open_cursor
from huiyin.kernel.words import Words

QUERIES = load_queries(__package__)


@dataclass(frozen=True, slots=True)
class CellRow:
    """A cell in use, as lists show it; `drawn`: it has a shape."""

    id: int
    code: str
    name: str
    name_en: str
    village_id: int
    village_name: str
    village_en: str
    township_id: int
    township_name: str
    township_en: str
    drawn: bool
    households: int | None
    people: int | None

    @property
    def called(self) -> Words:
        """The name in both languages."""
        return Words(self.name, self.name_en)

    @property
    def village(self) -> Words:
        """The village's name in both languages."""
        return Words(self.village_name, self.village_en)

    @property
    def township(self) -> Words:
        """The township's name in both languages."""
        return Words(self.township_name, self.township_en)


def stamp_names() -> str:
    """A text that differs whenever a name that texts may hold has changed. One statement."""
    return str(_fetch("stamp_names", {})[0][0])


def find_cells_at(point: Point, reach: int) -> list[tuple[int, Polygons]]:
    """Cells in use whose box comes within `reach` of the point, by code, with their polygons."""
    wide = round(reach / max(0.1, math.cos(math.radians(point[1] / 1e7))))
    rows = _fetch("find_cells_at", {"x": point[0], "y": point[1], "reach": reach, "wide": wide})
    return [(row[0], read_polygons(json.loads(row[1]))) for row in rows]


def read_polygons(kept: Any) -> Polygons:
    """Polygons as they are kept, with their points as pairs."""
    return [[[(x, y) for x, y in ring] for ring in rings] for rings in kept]


def list_duty(cell_ids: Iterable[int], on: date) -> list[OnDuty]:
    """Whoever holds these cells on that day, cell by cell in their order; nobody marked as acting yet."""
    return [_read_holder(row) for row in _fetch("list_duty", {"cells": list(cell_ids), "on": on})]


def _read_holder(row: tuple[Any, ...]) -> OnDuty:
    phone = row[4] or row[10]
    return OnDuty(row[0], row[1], row[2], row[3], phone, row[5], bytes(row[6]), row[7], row[8], row[9])


def list_cells() -> list[CellRow]:
    """Every cell in use, by code."""
    return [CellRow(*row) for row in _fetch("list_cells", {})]


def _fetch(name: str, given: dict[str, Any]) -> list[tuple[Any, ...]]:
    with open_cursor() as cursor:
        cursor.execute(QUERIES[name], given)
        return list(cursor.fetchall())
