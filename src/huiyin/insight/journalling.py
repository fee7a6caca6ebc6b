"""Writes what happens to an issue into the journal."""

from __future__ import annotations

from datetime import datetime

from huiyin.people.api import AccountInHand, note_thing


def note_issue(verb: str, issue_id: int, by: AccountInHand | None, now: datetime, **told: object) -> None:
    """One entry on the chain of the issue: what happened, by whom (None: a job), and when."""
    note_thing(f"issue:{issue_id}", verb, by, now, **told)
