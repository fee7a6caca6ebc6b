"""Runs the statements of `queries.sql`."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.utils import timezone

from huiyin.journal.api import load_queries, open_cursor
from huiyin.people.values import AccountInHand, MachineInHand, PostInHand

QUERIES = load_queries(__package__)


def know_account(digest: bytes, now: datetime, idle_minutes: int) -> AccountInHand | None:
    """The account of a live session with its posts on the day of `now`, and what it must do first.

    `idle_minutes` holds where no rule is set.
    """
    given = {"digest": digest, "now": now, "idle_minutes": idle_minutes, "today": timezone.localdate(now)}
    row = _fetch_one("know_account", given)
    if row is None:
        return None
    posts = row[3] if isinstance(row[3], list) else json.loads(row[3])
    return AccountInHand(row[0], row[1], row[2], tuple(PostInHand(*post) for post in posts), row[4])


def know_token(digest: bytes, address: bytes, now: datetime, *, counts: bool) -> MachineInHand:
    """Whose token that is, with the posts of the day of `now`; how many requests it or the address made."""
    given = {
        "digest": digest,
        "address": address,
        "now": now,
        "minute": now.replace(second=0, microsecond=0),
        "today": timezone.localdate(now),
        "counts": counts,
    }
    row = _fetch_one("know_token", given)
    assert row is not None  # noqa: S101  the statement answers one row, whatever is asked
    if row[0] is None:
        return MachineInHand(uses=row[9])
    scopes, posts = (value if isinstance(value, list) else json.loads(value) for value in (row[1], row[8]))
    account = AccountInHand(row[5], row[6], row[7], tuple(PostInHand(*post) for post in posts))
    return MachineInHand(row[0], account, frozenset(scopes), row[2], row[3], row[4], row[9])


def count_failure(account_id: int, now: datetime, allowed: int, lock_end: datetime) -> datetime | None:
    """Count a failed sign-in; until when the account is locked by it, if it is."""
    given = {"account_id": account_id, "now": now, "allowed": allowed, "lock_end": lock_end}
    row = _fetch_one("count_failure", given)
    return row[0] if row else None


def start_session(session: dict[str, Any]) -> bool:
    """Write the session, clear the count of failures; false when the account is locked or closed.

    `session`: account_id, digest, now, expires_at, way, strong, address, agent.
    """
    return _fetch_one("start_session", session) is not None


def set_area_paths() -> None:
    """Write the path of every area whose place in the tree says another one."""
    with open_cursor() as cursor:
        cursor.execute(QUERIES["set_area_paths"])


def _fetch_one(name: str, given: dict[str, Any]) -> tuple[Any, ...] | None:
    with open_cursor() as cursor:
        cursor.execute(QUERIES[name], given)
        row: tuple[Any, ...] | None = cursor.fetchone()
    return row
