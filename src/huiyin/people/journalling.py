"""Writes what happens to accounts, units and places into the journal."""

from __future__ import annotations

from datetime import datetime

from huiyin.journal.api import NewEntry, append
from huiyin.people.values import AccountInHand


def note_account(verb: str, account_id: int, by: AccountInHand | None, now: datetime, **told: object) -> None:
    """One entry on the chain of the account: what happened, by whom (None: the command line), and when."""
    note_thing(f"account:{account_id}", verb, by, now, **told)


def note_thing(subject: str, verb: str, by: AccountInHand | None, now: datetime, **told: object) -> None:
    """One entry on the chain of `subject` (`unit:water`): what happened, by whom, and when."""
    append([make_entry(subject, verb, by, now, **told)])


def make_entry(
    subject: str, verb: str, by: AccountInHand | None, now: datetime, /, **told: object
) -> NewEntry:
    """The same, to be written with others in one statement."""
    return NewEntry(
        subject=subject,
        verb=verb,
        at=now,
        actor_id=by.id if by else None,
        actor=by.signature if by else "",
        body=told,
    )
