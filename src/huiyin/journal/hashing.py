"""How an entry becomes bytes and a hash: SHA-256 or SM3 over one canonical form."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from enum import Enum
from functools import lru_cache
from typing import Any

from cryptography.hazmat.primitives import hashes

from huiyin.journal.values import Algo
from huiyin.kernel.canonical import canonical

_LARGEST = 2**63


def choose_algo(setting: str) -> Algo:
    """`sha256` or `sm3` (GB/T 32905); anything else is refused."""
    try:
        return Algo[setting.upper()]
    except KeyError:
        raise ValueError(f"JOURNAL_HASH is {setting!r}; it may be sha256 or sm3") from None


def make_hash(algo: int, content: bytes) -> bytes:
    """32 bytes. An unknown `algo` is refused."""
    return _hash_function(Algo(algo))(content)


@lru_cache
def _hash_function(algo: Algo) -> Callable[[bytes], bytes]:
    if algo is Algo.SHA256:
        return lambda content: hashlib.sha256(content).digest()
    try:
        hashlib.new("sm3")
    except ValueError:  # an OpenSSL built without it
        return _sm3
    return lambda content: hashlib.new("sm3", content).digest()


def _sm3(content: bytes) -> bytes:
    digest = hashes.Hash(hashes.SM3())
    digest.update(content)
    return digest.finalize()


def hash_entry(algo: int, content: Mapping[str, Any], prev: str) -> bytes:
    """The hash of `content` (all columns but algo, prev and hash) after the link `prev` (hex)."""
    return make_hash(algo, canonical({**content, "prev": prev}))


def settle(value: object, place: str = "body") -> Any:
    """`value` as `jsonb` gives it back: texts, whole numbers, booleans, None, lists, dicts with text keys.

    Times become ISO text in UTC with microseconds, dates ISO text, enums their value. Floats, NUL characters,
    naive times, numbers beyond 64 bits and anything else are refused with a `TypeError` or `ValueError` that
    names the place.
    """
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Mapping):
        return {settle_key(key, place): settle(part, f"{place}.{key}") for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [settle(part, f"{place}[{at}]") for at, part in enumerate(value)]
    return _settle_scalar(value.value if isinstance(value, Enum) else value, place)


def _settle_scalar(value: object, place: str) -> str | int:
    if isinstance(value, str):
        return settle_text(value, place)
    if isinstance(value, int):
        if not -_LARGEST <= value < _LARGEST:
            raise ValueError(f"{place} is a number beyond 64 bits")
        return int(value)
    if isinstance(value, datetime):
        return settle_time(value, place)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{place} is a {type(value).__name__}, which the journal does not keep")


def settle_key(key: object, place: str) -> str:
    """The key of a dict; only text is taken, because JSON would turn anything else into text unseen."""
    if not isinstance(key, str):
        raise TypeError(f"{place} has the key {key!r}, which is no text")
    return settle_text(key, place)


def settle_text(text: str, place: str) -> str:
    """A text that PostgreSQL can keep: no NUL, no lone surrogate."""
    if "\0" in text:
        raise ValueError(f"{place} holds a NUL character")
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            raise ValueError(f"{place} holds half of a character (a lone surrogate)") from None
    return str(text)


def settle_time(at: datetime, place: str) -> str:
    """A time as the canonical form writes it."""
    if at.tzinfo is None:
        raise ValueError(f"{place} is a time without a zone")
    return at.astimezone(UTC).isoformat(timespec="microseconds")
