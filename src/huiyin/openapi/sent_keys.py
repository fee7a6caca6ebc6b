"""Knows a retry for what it is: the same key with the same request acts once, with another it is refused."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError

from huiyin.journal.api import Strand, load_queries, name_unique, open_cursor
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.openapi.models import SentKey

QUERIES = load_queries(__package__)
KEPT = timedelta(days=90)
"""How long a key is compared with its request. What it opened or moved is never done twice, however late."""


def note_key(account_id: int, key: str, what: Iterable[bytes], now: datetime) -> SentKey | None:
    """None when the key is new and has been noted, else what was noted; in the caller's transaction.

    `what` is everything the request says. A second request at the same time waits here for the first.
    Refuses `key-used-otherwise` when the key came with another request before.
    """
    digest = _digest(what)
    given: dict[str, Any] = {"account_id": account_id, "key": key, "digest": digest, "sent_at": now}
    with open_cursor() as cursor:
        cursor.execute(QUERIES["note_key"], given)
        if cursor.fetchone() is not None:
            return None
    row = SentKey.objects.get(account_id=account_id, key=key)
    _demand_same(row, digest)
    return row


def check_key(account_id: int, key: str, what: Iterable[bytes]) -> None:
    """Refuse `key-used-otherwise` as `note_key` does, and note nothing."""
    row = SentKey.objects.filter(account_id=account_id, key=key).first()
    if row is not None:
        _demand_same(row, _digest(what))


def _demand_same(row: SentKey, digest: bytes) -> None:
    if bytes(row.digest) != digest:
        words = Words(
            "这个 Idempotency-Key 用过了，但那次的内容不同。新的请求请用新的键。",
            "This Idempotency-Key came with another request before. Take a new key for a new request.",
        )
        raise Refusal("key-used-otherwise", words, rule="Idempotency-Key", field="Idempotency-Key")


def write_key(account_id: int, key: str, what: Iterable[bytes], now: datetime) -> Strand:
    """A key that is new, as a strand of the statement that does what it was sent with.

    When somebody has sent it meanwhile the whole statement fails: an `IntegrityError` that `is_sent` knows.
    """
    given = {"key_account_id": account_id, "key": key, "key_digest": _digest(what), "key_sent_at": now}
    return Strand(QUERIES["write_key"], given)


def is_sent(error: IntegrityError) -> bool:
    """Whether a statement failed because its key was sent before."""
    return name_unique(error) == "sent_key_once"


def _digest(what: Iterable[bytes]) -> bytes:
    return hashlib.sha256(b"\0".join(what)).digest()


def keep_made(account_id: int, key: str, made: dict[str, int]) -> None:
    """Keep what a request made, so that a retry can be told of it."""
    SentKey.objects.filter(account_id=account_id, key=key).update(made=made)


def forget_old_keys(now: datetime) -> int:
    """Delete the keys that are no longer compared; how many there were."""
    return SentKey.objects.filter(sent_at__lt=now - KEPT).delete()[0]
