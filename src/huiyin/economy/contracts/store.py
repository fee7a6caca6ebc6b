"""Runs the statements of `queries.sql`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from huiyin.economy.contracts.values import HINTS
from huiyin.economy.organisations.api import LIMITS
from huiyin.journal.api import load_queries, open_cursor

QUERIES = load_queries(__package__)
FINDS: Mapping[str, str] = {
    "split": QUERIES["find_split"],
    "payee": QUERIES["find_payee"],
    "kin": QUERIES["find_kin"],
    "cash": QUERIES["find_cash"],
    "cash-parts": QUERIES["find_cash_parts"],
    "closed-month": QUERIES["find_closed_month"],
    "personal": QUERIES["find_personal"],
    "arrears": QUERIES["find_arrears"],
    "expired": QUERIES["find_expired"],
    "unfiled": QUERIES["find_unfiled"],
    "silent": QUERIES["find_silent"],
}
"""By kind of hint, the statement that finds it."""
LOOKS_BACK = timedelta(400)
"""How far back the books are looked through."""
KEPT_LIMITS = ("filing-line", "cash-line", "split-days", "posting-due-day")


def sum_unfiled(
    organisations: Collection[int], payees: Collection[str], since: date, until: date, filed: Sequence[str]
) -> dict[tuple[int, str], list[tuple[date, int]]]:
    """By organisation and payee, day and sum of each payment that no file covers. One statement."""
    given = {
        "ids": list(organisations),
        "payees": list(payees),
        "since": since,
        "until": until,
        "filed": list(filed),
    }
    found: dict[tuple[int, str], list[tuple[date, int]]] = {}
    for own, payee, day, fen in fetch("sum_unfiled", given):
        found.setdefault((own, payee), []).append((day, int(fen)))
    return found


def fetch(name: str, given: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """The rows of a statement that is kept."""
    with open_cursor() as cursor:
        cursor.execute(QUERIES[name], given)
        return list(cursor.fetchall())


def write_hints(
    today: date, now: datetime, filed: Iterable[str], organisations: Collection[int] | None
) -> int:
    """Find every kind anew, forget those that hold no more; how many are new. A statement a kind."""
    given: dict[str, Any] = {
        "today": today,
        "now": now,
        "since": today - LOOKS_BACK,
        "filed": list(filed),
        "everywhere": organisations is None,
        "ids": list(organisations or ()),
        **{key.replace("-", "_"): LIMITS[key].default for key in KEPT_LIMITS},
    }
    fresh = 0
    with open_cursor() as cursor:
        for kind in HINTS:
            statement = (
                QUERIES["keep_hints"].replace("{flow}", QUERIES["flow"]).replace("{find}", FINDS[kind])
            )
            used = {key: value for key, value in given.items() if f"%({key})s" in statement}
            cursor.execute(statement, {**used, "kind": kind})
            fresh += cursor.fetchone()[0]
    return fresh
