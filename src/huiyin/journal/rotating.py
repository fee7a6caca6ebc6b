"""Seals everything again by the current key, table by table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from huiyin.journal.sealing import SealBroken, current_mark, reseal
from huiyin.journal.store import QUERIES

BATCH = 500
_LOWEST = -(2**63)


@dataclass(frozen=True, slots=True)
class SealedColumn:
    """A column of seals: its table, the table's whole-number key, and the purpose of the seals."""

    table: str
    id_column: str
    sealed_column: str
    purpose: str


_COLUMNS: dict[tuple[str, str], SealedColumn] = {}


def register_sealed(table: str, id_column: str, sealed_column: str, purpose: str) -> None:
    """Tell that `sealed_column` holds seals, when a package gets ready. Telling twice changes nothing."""
    _COLUMNS[table, sealed_column] = SealedColumn(table, id_column, sealed_column, purpose)


def list_sealed_columns() -> list[SealedColumn]:
    """Every column that was told of, in the order of telling."""
    return list(_COLUMNS.values())


def read_newest_seal(cursor: Any, column: SealedColumn) -> bytes | None:
    """The seal with the highest id of `column`; None when there is none."""
    cursor.execute(_sql("newest_seal", column))
    row = cursor.fetchone()
    return bytes(row[0]) if row else None


def rotate_keys(
    progress: Callable[[str, int], None] | None = None,
    on_broken: Callable[[str, int, SealBroken], None] | None = None,
) -> dict[str, int]:
    """Reseal what an older key sealed, 500 rows a transaction; how many by table.

    Can be stopped and run again: what is done is passed over. `progress` hears the table and its count so
    far. A seal that does not open goes to `on_broken` (table, id, why) and stays as it is; without it the
    rotation ends there.
    """
    counts: dict[str, int] = {}
    for column in _COLUMNS.values():
        after: int | None = _LOWEST
        while after is not None:
            after, done = _rotate_batch(column, after, on_broken)
            counts[column.table] = counts.get(column.table, 0) + done
            if progress:
                progress(column.table, counts[column.table])
    return counts


@transaction.atomic
def _rotate_batch(
    column: SealedColumn, after: int, on_broken: Callable[[str, int, SealBroken], None] | None
) -> tuple[int | None, int]:
    """The last id of the batch (None at the end of the table), and how many rows were sealed again."""
    with connection.cursor() as cursor:
        cursor.execute(
            _sql("take_seals", column), {"after": after, "current": current_mark(), "limit": BATCH}
        )
        rows = cursor.fetchall()
        fresh = {
            number: sealed for number, old in rows if (sealed := _reseal(column, number, old, on_broken))
        }
        if fresh:
            cursor.execute(_sql("write_seals", column), {"ids": list(fresh), "seals": list(fresh.values())})
    return (rows[-1][0] if len(rows) == BATCH else None), len(fresh)


def _sql(name: str, column: SealedColumn) -> str:
    quote = connection.ops.quote_name
    return QUERIES[name].format(
        table=quote(column.table), id=quote(column.id_column), sealed=quote(column.sealed_column)
    )


def _reseal(
    column: SealedColumn, number: int, old: Any, on_broken: Callable[[str, int, SealBroken], None] | None
) -> bytes | None:
    try:
        return reseal(old, column.purpose)
    except SealBroken as broken:
        if on_broken is None:
            raise
        on_broken(column.table, number, broken)
        return None
