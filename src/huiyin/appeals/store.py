"""The SQL of requests on their hot paths."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from huiyin.journal.api import Strand, load_queries, open_cursor

QUERIES = load_queries(Path(__file__).with_name("queries.sql"))


def make_appeals(rows: Sequence[Mapping[str, Any]]) -> Strand:
    """What requests have beside their cases, and their marks, as a strand of a statement."""
    return Strand(QUERIES["insert_appeals"], {"appeals": msgspec.json.encode(rows).decode()})


def find_alike(marks: Sequence[int], since: datetime, besides: int, limit: int = 50) -> list[dict[str, Any]]:
    """Cases that share a mark, opened since then, without the case `besides` (0 for none)."""
    with open_cursor() as cursor:
        cursor.execute(
            QUERIES["find_alike"], {"marks": list(marks), "since": since, "besides": besides, "limit": limit}
        )
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def list_secrets(ids: Sequence[int]) -> dict[int, bytes]:
    """Case id → sealed secret."""
    with open_cursor() as cursor:
        cursor.execute(QUERIES["list_secrets"], {"ids": list(ids)})
        return {row[0]: bytes(row[1]) for row in cursor.fetchall()}


def count_unread(unit_ids: Sequence[int]) -> int:
    """How many lines in the bell of these units nobody has read."""
    with open_cursor() as cursor:
        cursor.execute(QUERIES["count_unread"], {"unit_ids": list(unit_ids)})
        return int(cursor.fetchone()[0])
