"""One statement that several packages write together: each brings its strand, as CTEs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import IntegrityError
from psycopg.errors import UniqueViolation

from huiyin.journal.cursors import open_cursor
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words


class Strand(NamedTuple):
    """CTEs that write, separated by commas, and their parameters; no other strand may use their names."""

    sql: str
    given: Mapping[str, Any]


def write_together(strands: Iterable[Strand]) -> None:
    """Write all strands in one statement: all or nothing, at the price of one way to the database and back.

    Keys between the strands' tables are looked at when the statement ends, so their order is free. Refuses
    `entry-key-used` when a journal entry brings a key that its chain has; other keys that are there already
    are an `IntegrityError`. Two strands with one parameter are a `ValueError`.
    """
    ready = [strand for strand in strands if strand.sql]
    given = {name: value for strand in ready for name, value in strand.given.items()}
    if len(given) < sum(len(strand.given) for strand in ready):
        raise ValueError("two strands of one statement use the same parameter")
    try:
        with open_cursor() as cursor:
            cursor.execute(_join(tuple(strand.sql for strand in ready)), given)
    except IntegrityError as error:
        if name_unique(error) == "journal_entry_key":
            raise Refusal("entry-key-used", _KEY_USED) from error
        raise


@lru_cache(maxsize=64)
def _join(strands: tuple[str, ...]) -> str:
    return "WITH " + ",\n".join(strands) + "\nSELECT 1"


def name_unique(error: IntegrityError) -> str:
    """The name of the unique key that what was written would have broken; empty for another fault."""
    cause = error.__cause__
    return cause.diag.constraint_name or "" if isinstance(cause, UniqueViolation) else ""


_KEY_USED = Words(
    "这一步已经记录过，没有重复记录。", "This step is on record already; it was not recorded again."
)
