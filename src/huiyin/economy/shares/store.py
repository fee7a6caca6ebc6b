"""Runs the statements of `queries.sql`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from huiyin.journal.api import load_queries, open_cursor

QUERIES = load_queries(__package__)


@dataclass(frozen=True, slots=True)
class HouseholdRow:
    """A household of the share book: its units, how many hold them, its certificate if one is valid."""

    id: int
    number: int
    head: str
    group: str
    units: int
    holders: int
    certificate: str | None


@dataclass(frozen=True, slots=True)
class Break:
    """Where a book does not hold: `what` differs, `found` beside what it `said`."""

    code: str
    what: str
    found: int
    said: int


def reckon(plan_id: int) -> tuple[int, int]:
    """Reckon every class of the plan anew; how many people and units that is."""
    with open_cursor() as cursor:
        cursor.execute(QUERIES["drop_strangers"], {"plan_id": plan_id})
        cursor.execute(QUERIES["reckon_class"], {"plan_id": plan_id})
        cursor.execute(QUERIES["add_up_plan"], {"plan_id": plan_id})
        people, units = cursor.fetchone()
    return people, units


def add_up_plan(plan_id: int) -> tuple[int, int]:
    """People and units of the plan as it stands."""
    people, units = _fetch("add_up_plan", plan_id=plan_id)[0]
    return people, units


def add_up_households(plan_id: int) -> list[tuple[int, int, str, int, int]]:
    """Id, number, head, people and units of each household."""
    return _fetch("add_up_households", plan_id=plan_id)


def add_up_classes(plan_id: int) -> dict[int, tuple[int, int]]:
    """People and units by the id of the class."""
    return {pk: (people, units) for pk, people, units in _fetch("add_up_classes", plan_id=plan_id)}


def fix_plan(book_id: int, plan_id: int) -> None:
    """Write what each member holds by the plan."""
    with open_cursor() as cursor:
        cursor.execute(QUERIES["fix_plan"], {"book_id": book_id, "plan_id": plan_id})


def open_ledger(book_ids: Sequence[int] | None, by_id: int | None, at: datetime) -> int:
    """Write the first entries of books that have none (None: of all); how many books that were."""
    given = {"book_ids": None if book_ids is None else list(book_ids), "by_id": by_id, "at": at}
    with open_cursor() as cursor:
        cursor.execute(QUERIES["open_ledger"], given)
        return int(cursor.rowcount)


def digest_ledger(book_id: int) -> str:
    """The digest of the first entries."""
    return str(_fetch("digest_ledger", book_id=book_id)[0][0])


def list_breaks(book_ids: Sequence[int] | None = None) -> list[Break]:
    """Every way in which books (None: all) do not hold; none, all is well."""
    given = None if book_ids is None else list(book_ids)
    return [Break(*row) for row in _fetch("list_breaks", book_ids=given)]


def list_households(book_id: int, wanted: str, most: int, after: int) -> tuple[list[HouseholdRow], int]:
    """A page of the book's households, and how many there are in all."""
    like = "%" + wanted.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    rows = _fetch("list_households", book_id=book_id, wanted=wanted, like=like, most=most, after=after)
    return [HouseholdRow(*row[:-1]) for row in rows], rows[0][-1] if rows else 0


def _fetch(name: str, **given: Any) -> list[Any]:
    with open_cursor() as cursor:
        cursor.execute(QUERIES[name], given)
        return list(cursor.fetchall())
