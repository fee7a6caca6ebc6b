"""The ledger of cases: what came in, how it is sorted, whether it adds up, who has it, what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection

from huiyin.cases import definitions
from huiyin.cases.seeing import seen_condition
from huiyin.cases.values import Acting
from huiyin.journal.api import load_queries
from huiyin.kernel.words import Words

QUERIES = load_queries(Path(__file__).with_name("ledger.sql"))
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class LedgerScope:
    """Over what a ledger is kept: matters opened from one moment up to another, of a channel, process, unit.

    Empty parts limit nothing. A unit's ledger holds every matter in which it has or had a part.
    """

    opened_from: datetime
    opened_to: datetime
    channel: str = ""
    process: str = ""
    unit_id: int | None = None


_CONDITIONS = {
    "channel": "c.channel_id = %(channel)s",
    "process": "c.process = %(process)s",
    "unit_id": (
        "(c.lead_id = %(unit_id)s OR EXISTS"
        " (SELECT 1 FROM cases_assignment u WHERE u.case_id = c.id AND u.unit_id = %(unit_id)s))"
    ),
}


def _select(name: str, scope: LedgerScope, acting: Acting, now: datetime) -> list[Row]:
    seen, params = seen_condition(acting)
    chosen = [condition for key, condition in _CONDITIONS.items() if getattr(scope, key)]
    where = " AND ".join(("c.opened_at >= %(opened_from)s", "c.opened_at < %(opened_to)s", *chosen, seen))
    own = "AND a.unit_id = %(unit_id)s" if scope.unit_id else ""
    rated = "AND r.lead_id = %(unit_id)s" if scope.unit_id else ""
    params |= {key: getattr(scope, key) for key in ("opened_from", "opened_to", *_CONDITIONS)} | {"now": now}
    with connection.cursor() as cursor:
        cursor.execute(QUERIES[name].format(where=where, own=own, rated=rated), params)
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def ledger_by_channel(scope: LedgerScope, acting: Acting, now: datetime) -> list[Row]:
    """建账: by channel `taken, urgent, unnamed, merged, open, closed`."""
    return _select("ledger_by_channel", scope, acting, now)


def ledger_by_category(scope: LedgerScope, acting: Acting, now: datetime) -> list[Row]:
    """理账: by category `taken, merged, unplaced, in_hand, answered, closed`; unsorted ones first."""
    return _select("ledger_by_category", scope, acting, now)


def ledger_by_step(scope: LedgerScope, acting: Acting, now: datetime) -> list[tuple[str, Words, int]]:
    """Where matters stand: `(key, title, cases)` for each step of the processes in scope, in file order."""
    counts: dict[tuple[str, str], list[Any]] = {}
    for process in definitions.list_newest():
        if process.key == scope.process or not scope.process:
            for step in process.steps:
                counts.setdefault((process.key, step.key), [step.title, 0])
    for row in _select("ledger_by_stage", scope, acting, now):
        process = definitions.get_process(row["process"], row["process_version"])
        step_key = process.get_stage(row["stage"]).step
        title = next(step.title for step in process.steps if step.key == step_key)
        counts.setdefault((process.key, step_key), [title, 0])[1] += row["cases"]
    return [(f"{key[0]}/{key[1]}", title, cases) for key, (title, cases) in counts.items()]


def ledger_by_kind(scope: LedgerScope, acting: Acting, now: datetime) -> dict[str, int]:
    """Where matters stand, each once, by their stages: unplaced, in_hand, review, waiting, merged, closed."""
    counts = dict.fromkeys(("unplaced", "in_hand", "review", "waiting", "merged", "closed"), 0)
    for row in _select("ledger_by_stage", scope, acting, now):
        counts[_kind_of(row)] += row["cases"]
    return counts


def _kind_of(row: Row) -> str:
    if row["stage_kind"] == "closed":
        return "closed"
    if row["merged"]:
        return "merged"
    if row["stage_kind"] in {"review", "waiting"}:
        return str(row["stage_kind"])
    return "in_hand" if row["placed"] else "unplaced"


def ledger_total(scope: LedgerScope, acting: Acting, now: datetime) -> dict[str, int]:
    """Totals counted apart, from headers: taken, closed, open, merged, unplaced, placed, overdue."""
    return _select("ledger_total", scope, acting, now)[0]


def ledger_by_unit(scope: LedgerScope, acting: Acting, now: datetime) -> list[Row]:
    """对账: by unit its dispatches, and their ends: open, answered, done, returned, unsolved, moved."""
    return _select("ledger_by_unit", scope, acting, now)


def ledger_by_officer(scope: LedgerScope, acting: Acting, now: datetime) -> list[Row]:
    """交账: by unit and officer what was handed over, signed for, kept and late; times in whole seconds."""
    return _select("ledger_by_officer", scope, acting, now)


def ledger_results(scope: LedgerScope, acting: Acting, now: datetime) -> list[Row]:
    """算账: by unit what was closed and cleared, and what people said of it in every round.

    `cleared` are those closed after the evaluation; `asked_solved`, `asked_satisfied` count valid callbacks.
    A unit that led in an earlier round only has ratings, and no case.
    """
    rows = {row["id"]: {**_UNRATED, **row} for row in _select("ledger_results", scope, acting, now)}
    for rating in _select("ledger_ratings", scope, acting, now):
        rows[rating["id"]] = {**_NO_CASES, **rows.get(rating["id"], {}), **rating}
    return list(rows.values())


_UNRATED = dict.fromkeys(
    ("rated", "rated_online", "asked_solved", "solved", "asked_satisfied", "satisfied", "understood"), 0
)
_NO_CASES = dict.fromkeys(
    (
        "taken",
        "closed",
        "cleared",
        "answered",
        "again",
        "rounds",
        "supervisions",
        "hurries",
        "returns",
        "extensions",
    ),
    0,
)


def ledger_rounds(scope: LedgerScope, acting: Acting, now: datetime) -> list[Row]:
    """How many matters stand in which round."""
    return _select("ledger_rounds", scope, acting, now)


def add_up(rows: Sequence[Row]) -> Row:
    """The sum of every counted column; `rounds` is the highest."""
    sums: Row = {}
    for row in rows:
        for name, value in row.items():
            if name == "rounds":
                sums[name] = max(sums.get(name, 0), value or 0)
            elif isinstance(value, int) and name not in {"id", "unit_id", "officer_id", "sign_seconds"}:
                sums[name] = sums.get(name, 0) + value
    return sums
