"""Runs the statements of `queries.sql`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import msgspec
from django.db import connection, transaction

from huiyin.journal.cursors import open_cursor
from huiyin.journal.statements import load_queries

QUERIES = load_queries(__package__)
_PAGE = 2000


def run(name: str, given: Mapping[str, Any] | None = None) -> None:
    """One statement without an answer."""
    with open_cursor() as cursor:
        cursor.execute(QUERIES[name], given)


def fetch(name: str, given: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
    """All rows of one statement."""
    with open_cursor() as cursor:
        cursor.execute(QUERIES[name], given)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


@contextmanager
def stream(name: str, given: Mapping[str, Any]) -> Iterator[Iterator[tuple[Any, ...]]]:
    """The rows of one statement through a cursor on the server: any number of them in little memory."""
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(QUERIES[name], given)
        yield _pages(cursor)


def _pages(cursor: Any) -> Iterator[tuple[Any, ...]]:
    while rows := cursor.fetchmany(_PAGE):
        yield from rows


def as_json(rows: list[dict[str, Any]]) -> str:
    """Rows as `json_to_recordset` takes them; they hold nothing but what `settle` lets through."""
    return msgspec.json.encode(rows).decode()


def columns(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> dict[str, list[Any]]:
    """Rows turned into one list a column, as `unnest` takes them; empty lists when there is no row."""
    return {name: [row[at] for row in rows] for at, name in enumerate(names)}
