"""Reads entries back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from huiyin.journal import store
from huiyin.journal.values import StoredEntry


def find_by_key(subject: str, key: str) -> StoredEntry | None:
    """The entry that the client wrote with `key`, if it did."""
    rows = store.fetch("find_by_key", {"subject": subject, "key": key})
    return _read(rows[0]) if rows else None


def list_entries(subject: str) -> list[StoredEntry]:
    """The chain of one subject, by seq."""
    return sorted(list_entries_of([subject]), key=lambda entry: entry.seq)


def list_entries_of(subjects: Iterable[str]) -> list[StoredEntry]:
    """The entries of several subjects in one statement, by time, then subject and seq."""
    return [_read(row) for row in store.fetch("list_entries", {"subjects": list(subjects)})]


def _read(row: tuple[Any, ...]) -> StoredEntry:
    subject, seq, at, actor_id, actor, verb, body, key, prev, made, algo = row
    return StoredEntry(
        subject, seq, at, actor_id, actor, verb, json.loads(body), key, bytes(prev), bytes(made), algo
    )
