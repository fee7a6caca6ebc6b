"""Writes changes of the register into the journal, and tells them upward."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from huiyin.journal.api import Event, announce, append
from huiyin.people.api import AccountInHand, make_entry, note_thing

SUBJECT = "register"


def note_register(verb: str, by: AccountInHand | None, now: datetime, **told: object) -> None:
    """One entry on the chain of the register: what changed, by whom (None: an installation), and when."""
    note_thing(SUBJECT, verb, by, now, **told)


def note_all(
    verb: str, told: Sequence[Mapping[str, object]], by: AccountInHand | None, now: datetime
) -> None:
    """The same for many changes of one kind, in two statements; none, no entry."""
    if told:
        append([make_entry(SUBJECT, verb, by, now, **one) for one in told])


def tell_change(name: str, now: datetime, **told: object) -> None:
    """Announce `name` upward, in the same transaction."""
    announce([Event(name=name, subject=SUBJECT, body=told, at=now)])
