"""What waits for the centre: returns to review, and consultations to settle."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from huiyin.cases.api import list_processes
from huiyin.kernel.words import Words
from huiyin.process.api import Process
from huiyin.rulings.precedents import QUERIES
from huiyin.rulings.values import Opinion, Waiting

MOST = 200
REVIEW, CONSULTATION = "review", "consultation"


def list_reviews(now: datetime) -> list[Waiting]:
    """Returns in the simple review, the most pressing first."""
    return _list(REVIEW, now)


def list_consultations(now: datetime) -> list[Waiting]:
    """Disputes in consultation with what the units say, the most pressing first."""
    found = _list(CONSULTATION, now)
    opinions = _list_opinions([one.case_id for one in found]) if found else {}
    return [replace(one, opinions=tuple(opinions.get(one.case_id, ()))) for one in found]


def list_stages(kind: str, processes: Iterable[Process]) -> list[str]:
    """The stages `process/stage` in which the centre decides on a return: simply, or after a consultation."""
    effect = "rule" if kind == CONSULTATION else "return"
    return sorted(
        {
            f"{process.key}/{stage}"
            for process in processes
            for move in process.moves.values()
            if effect in move.effects()
            for stage in move.sources
        }
    )


def _list(kind: str, now: datetime) -> list[Waiting]:
    stages = list_stages(kind, list_processes())
    given: dict[str, Any] = {
        "stages": stages,
        "names": sorted({stage.partition("/")[2] for stage in stages}),
        "year_ago": now - timedelta(days=365),
        "most": MOST,
    }
    with connection.cursor() as cursor:
        cursor.execute(QUERIES["list_waiting"], given)
        names = [column.name for column in cursor.description or ()]
        return [_read(dict(zip(names, row, strict=True))) for row in cursor.fetchall()]


def _read(row: dict[str, Any]) -> Waiting:
    for name in ("unit", "category", "area"):
        row[name] = Words(row[name], row.pop(f"{name}_en"))
    row["earlier"] = tuple(json.loads(row["earlier"]))
    return Waiting(**row)


def _list_opinions(case_ids: Sequence[int]) -> dict[int, list[Opinion]]:
    found: dict[int, list[Opinion]] = {}
    with connection.cursor() as cursor:
        cursor.execute(QUERIES["list_opinions"], {"case_ids": list(case_ids)})
        for case_id, short, name_en, *told in cursor.fetchall():
            found.setdefault(case_id, []).append(Opinion(Words(short, name_en), *told))
    return found
