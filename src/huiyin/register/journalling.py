"""Writes changes of the register into the journal, and tells them upward."""

from __future__ import annotations

from datetime import datetime

from huiyin.journal.api import Event, NewEntry, announce, append
from huiyin.people.api import AccountInHand

SUBJECT = "register"


def note_register(verb: str, by: AccountInHand | None, now: datetime, **told: object) -> None:
    """One entry on the chain of the register: what changed, by whom (None: an installation), and when."""
    note_entry(SUBJECT, verb, by, now, **told)


def note_entry(subject: str, verb: str, by: AccountInHand | None, now: datetime, **told: object) -> None:
    """One entry on the chain of one entry of the register (`category:0101`)."""
    entry = NewEntry(
        subject=subject,
        verb=verb,
        at=now,
        actor_id=by.id if by else None,
        actor=by.signature if by else "",
        body=told,
    )
    append([entry])


def tell_change(name: str, now: datetime, **told: object) -> None:
    """Announce `name` upward, in the same transaction."""
    announce([Event(name=name, subject=SUBJECT, body=told, at=now)])
