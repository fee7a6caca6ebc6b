"""Makes chains grow: links new entries to their heads and writes them with their events in one statement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings

from huiyin.journal import store
from huiyin.journal.hashing import choose_algo, hash_entry, settle, settle_text, settle_time
from huiyin.journal.outbox import events_as_json
from huiyin.journal.together import Strand, write_together
from huiyin.journal.values import Event, NewEntry, Place

_START: Place = (0, b"")


def append(
    entries: Sequence[NewEntry],
    events: Sequence[Event] = (),
    held: Mapping[str, Place] | None = None,
    beside: Iterable[Strand] = (),
) -> list[int]:
    """Write `entries` at the end of their chains and `events` into the outbox; the seq of each entry.

    Runs inside the caller's transaction, which keeps the chains locked until it ends: one statement when
    every entry is `fresh` or its chain `held`, else two (three for the first entry of a chain that was not
    promised to be fresh). `held` tells where chains stand whose heads the caller has locked already. What
    the caller writes itself may go `beside`, in the statement that writes the entries.
    Refuses `entry-key-used`. A body that `jsonb` would not give back unchanged is a `TypeError` or
    `ValueError`.
    """
    links = [_settle(entry) for entry in entries]
    places = dict(held or {})
    places |= _lock_places({entry.subject for entry in entries if not entry.fresh} - places.keys())
    write_together([*beside, _make_strand(_hang(links, places), events)])
    return [link["seq"] for link in links]


def make_links(
    entries: Sequence[NewEntry], events: Sequence[Event] = (), held: Mapping[str, Place] | None = None
) -> Strand:
    """What `append` would write, as a strand of a statement that writes more; nothing is read or locked.

    Every entry must be `fresh` or its chain `held`.
    """
    return _make_strand(_hang([_settle(entry) for entry in entries], dict(held or {})), events)


def _hang(links: list[dict[str, Any]], places: dict[str, Place]) -> list[dict[str, Any]]:
    """The links behind their `places`, each with its hash."""
    algo = choose_algo(settings.JOURNAL_HASH)
    last: dict[str, dict[str, Any]] = {}
    for link in links:
        seq, prev = places.get(link["subject"], _START)
        link["seq"] = seq + 1
        made = hash_entry(algo, link, prev.hex())
        places[link["subject"]] = (seq + 1, made)
        link |= {"prev": prev.hex(), "hash": made.hex(), "algo": int(algo)}
        last[link["subject"]] = link
    for link in last.values():
        link["last"] = True
    return links


def _make_strand(links: list[dict[str, Any]], events: Sequence[Event]) -> Strand:
    given = {"links": store.as_json(links), "events": events_as_json(events)}
    return Strand(store.QUERIES["append"], given)


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
