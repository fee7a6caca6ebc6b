"""All that cases reads and writes on its hot paths: few statements, in `queries.sql`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
from django.db import connection

from huiyin.cases.values import AssignmentState, CaseState, ClockState, Ground, Locked
from huiyin.journal.api import Strand, load_queries, open_cursor
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.people.api import DRAW_IDS_SQL
from huiyin.register.api import RULES_SQL, read_rules

QUERIES = load_queries(Path(__file__).with_name("queries.sql"))
_PREPARE_OPENING = QUERIES["prepare_opening"].format(rules=RULES_SQL, person_ids=DRAW_IDS_SQL)
_READ_CASE = QUERIES["read_case"].format(rules=RULES_SQL)
_STATE = tuple(item.name for item in fields(CaseState))
_HEADER = tuple(name for name in _STATE if name not in {"assignments", "clocks", "rating", "calls"})


def as_json(value: object) -> str:
    """JSON for a `jsonb` parameter; times keep their microseconds."""
    return msgspec.json.encode(value).decode()


def prepare_opening(count: int, persons: int, source_keys: Sequence[str]) -> Ground:
    """What opening `count` cases of so many new persons, some with source keys, stands on; one statement."""
    given = {"count": count, "persons": persons, "keys": list(source_keys)}
    with open_cursor() as cursor:
        cursor.execute(_PREPARE_OPENING, given)
        ids, person_ids, versions, known, *rules = cursor.fetchone()
    return Ground(
        msgspec.json.decode(ids),
        msgspec.json.decode(person_ids),
        [(key, version) for key, version in msgspec.json.decode(versions)],
        {key: (case_id, number) for key, case_id, number in msgspec.json.decode(known)},
        read_rules(*rules),
    )


def make_openings(
    cases: Sequence[Mapping[str, Any]],
    texts: Sequence[Mapping[str, Any]],
    clocks: Sequence[Mapping[str, Any]],
) -> Strand:
    """New cases with their words and clocks, as a strand of a statement."""
    given = {"cases": as_json(cases), "texts": as_json(texts), "clocks": as_json(clocks)}
    return Strand(QUERIES["open_cases"], given)


def lock_case(number: str, into: str = "", key: str | None = None) -> Locked:
    """The case with its assignments and running clocks, locked until the transaction ends with its chain.

    The case that leads it is locked as well, and the one that it is to be merged `into`, if that is named.
    Refused when there is none of that number.
    """
    with open_cursor() as cursor:
        cursor.execute(QUERIES["lock_cases"], {"number": clean(number), "into": into})
        cursor.execute(_READ_CASE, {"number": clean(number), "key": key})
        row = cursor.fetchone()
    if row is None:
        raise refuse_missing()
    return _read_locked(row)


def refuse_missing() -> Refusal:
    """That there is no such case."""
    return Refusal(
        "case-not-found", Words("没有这个工单。请核对编号。", "There is no such case. Check the number.")
    )


def _read_locked(row: Sequence[Any]) -> Locked:
    opened_by_id, acted, seq, made, *rules = row[len(_STATE) :]
    told = dict(zip(_STATE, row, strict=False))
    told["assignments"] = _ASSIGNMENTS.decode(told["assignments"])
    told["clocks"] = _CLOCKS.decode(told["clocks"])
    told["rating"] = _loaded(told["rating"])
    told["asked"] = _loaded(told["asked"])
    return Locked(
        case=CaseState(**told),
        opened_by_id=opened_by_id,
        rules=read_rules(*rules),
        place=None if seq is None else (seq, bytes.fromhex(made)),
        acted=acted,
        stored=frozenset(map(msgspec.json.encode, (*told["assignments"], *told["clocks"]))),
    )


_ASSIGNMENTS = msgspec.json.Decoder(list[AssignmentState])
_CLOCKS = msgspec.json.Decoder(list[ClockState])


def _loaded(value: Any) -> Any:
    """Django leaves `jsonb` as text on a plain cursor."""
    return msgspec.json.decode(value) if isinstance(value, str | bytes) else value


def write_move(
    locked: Locked,
    ratings: Sequence[Mapping[str, Any]],
    groups: Sequence[Mapping[str, int]],
    *,
    regroup: bool,
) -> Strand:
    """All that a move changed, as a strand of the statement that writes its entry; what stays is left out."""
    case = locked.case
    rows: dict[str, list[Any]] = {
        "write_new_assignments": [part for part in case.assignments if part.id is None],
        "write_old_assignments": _list_changed(case.assignments, locked.stored),
        "write_new_clocks": [clock for clock in case.clocks if clock.id is None],
        "write_old_clocks": _list_changed(case.clocks, locked.stored),
        "write_ratings": list(ratings),
        "write_groups": list(groups),
    }
    names = [name for name, listed in rows.items() if listed]
    given: dict[str, Any] = {name.removeprefix("write_"): as_json(rows[name]) for name in names}
    given["header"] = as_json({name: getattr(case, name) for name in _HEADER})
    if _WITH_ID.intersection(names) or regroup:
        given["id"] = case.id
    if regroup:
        given["group_id"] = case.group_id
        names.append("write_followers")
    return Strand(_join(("write_header", *names)), given)


_WITH_ID = frozenset({"write_new_assignments", "write_new_clocks", "write_ratings"})


@lru_cache(maxsize=128)
def _join(names: tuple[str, ...]) -> str:
    return ",\n".join(f"{name} AS ({QUERIES[name]})" for name in names)


def _list_changed(states: Iterable[AssignmentState | ClockState], stored: frozenset[bytes]) -> list[Any]:
    return [one for one in states if one.id is not None and msgspec.json.encode(one) not in stored]


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


def list_dispatchers(subject: str) -> frozenset[int]:
    """The accounts that gave the case of that chain to a unit."""
    with connection.cursor() as cursor:
        cursor.execute(QUERIES["list_dispatchers"], {"subject": subject})
        return frozenset(row[0] for row in cursor.fetchall())


def draw_number(name: str) -> int:
    """The next number of that series; whoever else draws waits until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(QUERIES["draw_number"], {"name": name})
        number: int = cursor.fetchone()[0]
    return number


def list_recountable(calendar: str, limit: int) -> list[str]:
    """Numbers of cases with a running clock that was counted by another calendar than `calendar`."""
    with connection.cursor() as cursor:
        cursor.execute(QUERIES["list_recountable"], {"calendar": calendar, "limit": limit})
        return [row[0] for row in cursor.fetchall()]


def see_number(number: str, seen: tuple[str, Mapping[str, Any]]) -> str | None:
    """The number when the condition `seen` holds for its case."""
    with open_cursor() as cursor:
        cursor.execute(QUERIES["see_number"].format(seen=seen[0]), {"number": number, **seen[1]})
        row = cursor.fetchone()
    return row[0] if row else None


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


def list_of_same_person(case_id: int) -> list[tuple[Any, ...]]:
    """The case and the earlier ones of the same person, newest first; none when the person is not known."""
    with open_cursor() as cursor:
        cursor.execute(QUERIES["list_of_same_person"], {"case_id": case_id})
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
