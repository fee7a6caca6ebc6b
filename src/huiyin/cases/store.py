"""All that cases reads and writes on its hot paths: few statements, in `queries.sql`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
from django.db import connection

from huiyin.cases.values import AssignmentState, CaseState, ClockState
from huiyin.journal.api import load_queries
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words

QUERIES = load_queries(Path(__file__).with_name("queries.sql"))
_HEADER = tuple(item.name for item in fields(CaseState))


def as_json(value: object) -> str:
    """JSON for a `jsonb` parameter; times keep their microseconds."""
    return msgspec.json.encode(value).decode()


def take_ids(count: int) -> list[int]:
    """As many new case ids, from the table's own sequence."""
    with connection.cursor() as cursor:
        cursor.execute(QUERIES["take_ids"], {"count": count})
        return [row[0] for row in cursor.fetchall()]


def insert_cases(cases: Sequence[Mapping[str, Any]], clocks: Sequence[Mapping[str, Any]]) -> set[int]:
    """Write new cases in one statement; the ids that were written: not those of a known source key."""
    with connection.cursor() as cursor:
        cursor.execute(QUERIES["open_cases"], {"cases": as_json(cases), "clocks": as_json(clocks)})
        return {row[0] for row in cursor.fetchall()}


def find_by_source_keys(keys: Iterable[str]) -> dict[str, tuple[int, str]]:
    """Source key → id and number of the case opened with it."""
    with connection.cursor() as cursor:
        cursor.execute(QUERIES["find_by_source_keys"], {"keys": list(keys)})
        return {row[0]: (row[1], row[2]) for row in cursor.fetchall()}


def lock_case(number: str, into: str = "") -> CaseState:
    """The case with its assignments and running clocks, locked until the transaction ends.

    The case that leads it is locked as well, and the one that it is to be merged `into`, if that is named.
    Refused when there is none of that number.
    """
    with connection.cursor() as cursor:
        cursor.execute(QUERIES["lock_cases"], {"number": clean(number), "into": into})
        cursor.execute(QUERIES["read_case"], {"number": clean(number)})
        row = cursor.fetchone()
        names = [column.name for column in cursor.description or ()]
    if row is None:
        raise Refusal(
            "case-not-found", Words("没有这个工单。请核对编号。", "There is no such case. Check the number.")
        )
    return _read_state(dict(zip(names, row, strict=True)))


def _read_state(row: dict[str, Any]) -> CaseState:
    row["assignments"] = [msgspec.convert(part, AssignmentState) for part in _loaded(row["assignments"])]
    row["clocks"] = [msgspec.convert(part, ClockState) for part in _loaded(row["clocks"])]
    row["rating"] = _loaded(row["rating"])
    row["asked"] = _loaded(row["asked"])
    return CaseState(**{name: row[name] for name in _HEADER})


def _loaded(value: Any) -> Any:
    """Django leaves `jsonb` as text on a plain cursor."""
    return msgspec.json.decode(value) if isinstance(value, str | bytes) else value


def write_move(
    case: CaseState,
    ratings: Sequence[Mapping[str, Any]],
    groups: Sequence[Mapping[str, int]],
    *,
    regroup: bool,
) -> None:
    """Write all that a move changed, in one statement."""
    header = {
        name: getattr(case, name)
        for name in _HEADER
        if name not in {"assignments", "clocks", "rating", "calls"}
    }
    with connection.cursor() as cursor:
        cursor.execute(
            QUERIES["write_move"],
            {
                **header,
                "asked": None if case.asked is None else as_json(case.asked),
                "new_assignments": _rows(part for part in case.assignments if part.id is None),
                "old_assignments": _rows(part for part in case.assignments if part.id is not None),
                "new_clocks": _rows(clock for clock in case.clocks if clock.id is None),
                "old_clocks": _rows(clock for clock in case.clocks if clock.id is not None),
                "ratings": as_json(list(ratings)),
                "groups": as_json(list(groups)),
                "regroup": regroup,
            },
        )


def _rows(states: Iterable[AssignmentState | ClockState]) -> str:
    return as_json([asdict(state) for state in states])


def take_expiring(now: datetime, limit: int) -> list[dict[str, Any]]:
    """Clocks whose next moment has come, locked; other workers pass over them."""
    with connection.cursor() as cursor:
        cursor.execute(QUERIES["take_expiring"], {"now": now, "limit": limit})
        names = [column.name for column in cursor.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    for row in rows:
        row.update({key: _loaded(row[key]) for key in ("warns", "limits", "pauses")})
    return rows


def write_expiry(clocks: Sequence[Mapping[str, Any]]) -> None:
    """Keep which warnings are left and when the next moment comes."""
    with connection.cursor() as cursor:
        cursor.execute(QUERIES["write_expiry"], {"clocks": as_json(clocks)})


def list_recountable(calendar: str, limit: int) -> list[str]:
    """Numbers of cases with a running clock that was counted by another calendar than `calendar`."""
    with connection.cursor() as cursor:
        cursor.execute(QUERIES["list_recountable"], {"calendar": calendar, "limit": limit})
        return [row[0] for row in cursor.fetchall()]


def list_process_texts() -> list[str]:
    """The text of every version of every process that the county added."""
    with connection.cursor() as cursor:
        cursor.execute(QUERIES["list_process_texts"])
        return [row[0] for row in cursor.fetchall()]
