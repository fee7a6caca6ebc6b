"""All that cases reads and writes on its hot paths: few statements, in `queries.sql`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
from django.db import connection

from huiyin.cases.values import AssignmentState, CaseState, ClockState, Ground, Locked
from huiyin.journal.api import load_queries, open_cursor
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.register.api import RULES_SQL, read_rules

QUERIES = load_queries(Path(__file__).with_name("queries.sql"))
_PREPARE_OPENING = QUERIES["prepare_opening"].format(rules=RULES_SQL)
_READ_CASE = QUERIES["read_case"].format(rules=RULES_SQL)
_STATE = tuple(item.name for item in fields(CaseState))
_HEADER = tuple(name for name in _STATE if name not in {"assignments", "clocks", "rating", "calls"})


def as_json(value: object) -> str:
    """JSON for a `jsonb` parameter; times keep their microseconds."""
    return msgspec.json.encode(value).decode()


def prepare_opening(count: int, source_keys: Sequence[str]) -> Ground:
    """What opening `count` cases, some with those source keys, stands on; one statement."""
    with open_cursor() as cursor:
        cursor.execute(_PREPARE_OPENING, {"count": count, "keys": list(source_keys)})
        ids, versions, known, *rules = cursor.fetchone()
    return Ground(
        msgspec.json.decode(ids) if ids else [],
        [(key, version) for key, version in msgspec.json.decode(versions)],
        {key: (case_id, number) for key, case_id, number in msgspec.json.decode(known)},
        read_rules(*rules),
    )


def insert_cases(cases: Sequence[Mapping[str, Any]], clocks: Sequence[Mapping[str, Any]]) -> set[int]:
    """Write new cases in one statement; the ids that were written: not those of a known source key."""
    with open_cursor() as cursor:
        cursor.execute(QUERIES["open_cases"], {"cases": as_json(cases), "clocks": as_json(clocks)})
        return {row[0] for row in cursor.fetchall()}


def find_by_source_keys(keys: Iterable[str]) -> dict[str, tuple[int, str]]:
    """Source key → id and number of the case opened with it."""
    with open_cursor() as cursor:
        cursor.execute(QUERIES["find_by_source_keys"], {"keys": list(keys)})
        return {row[0]: (row[1], row[2]) for row in cursor.fetchall()}


def lock_case(number: str, into: str = "", key: str | None = None) -> Locked:
    """The case with its assignments and running clocks, locked until the transaction ends with its chain.

    The case that leads it is locked as well, and the one that it is to be merged `into`, if that is named.
    Refused when there is none of that number.
    """
    with open_cursor() as cursor:
        cursor.execute(QUERIES["lock_cases"], {"number": clean(number), "into": into})
        cursor.execute(_READ_CASE, {"number": clean(number), "key": key})
        row = cursor.fetchone()
        names = [column.name for column in cursor.description or ()]
    if row is None:
        raise Refusal(
            "case-not-found", Words("没有这个工单。请核对编号。", "There is no such case. Check the number.")
        )
    return _read_locked(dict(zip(names, row, strict=True)))


def _read_locked(row: dict[str, Any]) -> Locked:
    row["assignments"] = [msgspec.convert(part, AssignmentState) for part in _loaded(row["assignments"])]
    row["clocks"] = [msgspec.convert(part, ClockState) for part in _loaded(row["clocks"])]
    row["rating"] = _loaded(row["rating"])
    row["asked"] = _loaded(row["asked"])
    return Locked(
        case=CaseState(**{name: row[name] for name in _STATE}),
        rules=read_rules(row["days"], row["years"], row["limits"]),
        place=None if row["head_seq"] is None else (row["head_seq"], bytes.fromhex(row["head_hash"])),
        acted=row["acted"],
    )


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
    with open_cursor() as cursor:
        cursor.execute(
            QUERIES["write_move"],
            {
                "id": case.id,
                "group_id": case.group_id,
                "header": as_json({name: getattr(case, name) for name in _HEADER}),
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
    return as_json(list(states))


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


def list_process_texts() -> str:
    """The text of every version of every process that the county added, as the JSON text of a list."""
    return _read_text("list_process_texts", {})


def list_views(account_id: int) -> str:
    """The views that the account keeps, by name, as the JSON text of a list."""
    return _read_text("list_views", {"account_id": account_id})


def _read_text(name: str, params: Mapping[str, Any]) -> str:
    with open_cursor() as cursor:
        cursor.execute(QUERIES[name], params)
        text: str = cursor.fetchone()[0]
    return text
