"""Writes into the journal who changed what goes to other systems."""

from __future__ import annotations

from datetime import datetime

from huiyin.journal.api import NewEntry, append
from huiyin.people.api import AccountInHand


def note_exchange(subject: str, verb: str, by: AccountInHand | None, now: datetime, **told: object) -> None:
    """One entry on the chain of a webhook or peer; `by` is None for the product and the command line."""
    entry = NewEntry(
        subject=subject,
        verb=verb,
        at=now,
        actor_id=by.id if by else None,
        actor=by.signature if by else "",
        body=told,
    )
    append([entry])
