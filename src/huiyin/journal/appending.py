"""Makes chains grow: links new entries to their heads and writes them with their events in one statement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import IntegrityError
from psycopg.errors import UniqueViolation

from huiyin.journal import store
from huiyin.journal.hashing import choose_algo, hash_entry, settle, settle_text, settle_time
from huiyin.journal.outbox import events_as_json
from huiyin.journal.values import Along, Event, NewEntry, Place
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words

_START: Place = (0, b"")


def append(
    entries: Sequence[NewEntry],
    events: Sequence[Event] = (),
    held: Mapping[str, Place] | None = None,
    along: Along | None = None,
) -> list[int]:
    """Write `entries` at the end of their chains and `events` into the outbox; the seq of each entry.

    Runs inside the caller's transaction, which keeps the chains locked until it ends: one statement when
    every entry is `fresh` or its chain `held`, else two (three for the first entry of a chain that was not
    promised to be fresh). `held` tells where chains stand whose heads the caller has locked already. What the
    caller writes itself may go `along`, in the statement that writes the entries.
    Refuses `entry-key-used`. A body that `jsonb` would not give back unchanged is a `TypeError` or
    `ValueError`.
    """
    algo = choose_algo(settings.JOURNAL_HASH)
    links = [_settle(entry) for entry in entries]
    places = dict(held or {})
    places |= _lock_places({entry.subject for entry in entries if not entry.fresh} - places.keys())
    last: dict[str, dict[str, Any]] = {}
    for link in links:
        seq, prev = places.get(link["subject"], _START)
        link["seq"] = seq + 1
        made = hash_entry(algo, link, prev.hex())
        places[link["subject"]] = (seq + 1, made)
        link |= {"prev": prev.hex(), "hash": made.hex()}
        last[link["subject"]] = link
    for link in last.values():
        link["last"] = True
    given = {"algo": int(algo), "links": store.as_json(links), "events": events_as_json(events)}
    _write(given, along or _NOTHING)
    return [link["seq"] for link in links]


def _settle(entry: NewEntry) -> dict[str, Any]:
    body = settle(entry.body)
    if not isinstance(body, dict):
        raise TypeError("the body of an entry is a dict")
    return {
        "subject": settle_text(entry.subject, "subject"),
        "at": settle_time(entry.at, "at"),
        "actor_id": entry.actor_id,
        "actor": settle_text(entry.actor, "actor"),
        "verb": settle_text(entry.verb, "verb"),
        "body": body,
        "key": None if entry.key is None else settle_text(entry.key, "key"),
    }


def _lock_places(subjects: set[str]) -> dict[str, Place]:
    """Where chains stand, locked in one order so that two writers never wait for each other."""
    if not subjects:
        return {}
    rows = store.fetch("lock_heads", {"subjects": sorted(subjects)})
    missing = sorted(subjects - {row[0] for row in rows})
    if missing:
        rows += store.fetch("start_heads", {"subjects": missing})
    return {subject: (seq, bytes(made)) for subject, seq, made in rows}


_NOTHING = Along()


def _write(given: dict[str, Any], along: Along) -> None:
    try:
        store.run_sql(_write_along(along.parts), {**given, **along.given})
    except IntegrityError as error:
        if (
            isinstance(error.__cause__, UniqueViolation)
            and error.__cause__.diag.constraint_name == "journal_entry_key"
        ):
            raise Refusal("entry-key-used", _KEY_USED) from error
        raise


@lru_cache(maxsize=256)
def _write_along(parts: tuple[tuple[str, str], ...]) -> str:
    """The same text for the same parts, so that the server knows the statement again.

    On one line, for psycopg keeps what it has read of a text only up to 4096 signs.
    """
    along = "".join(f"{name} AS ({sql}), " for name, sql in parts)
    return " ".join(store.QUERIES["append"].format(along=along).split())


_KEY_USED = Words(
    "这一步已经记录过，没有重复记录。", "This step is on record already; it was not recorded again."
)
