"""The journal of an organisation: one chain for all that happens to its books, members and shares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from huiyin.economy.organisations.models import Organisation
from huiyin.journal.api import NewEntry, append
from huiyin.people.api import AccountInHand


def name_chain(organisation: Organisation) -> str:
    """The subject under which the journal keeps what happens to it."""
    return f"organisation:{organisation.code}"


def note(
    organisation: Organisation, verb: str, by: AccountInHand | None, now: datetime, /, **told: object
) -> None:
    """One entry on the organisation's chain: what happened, by whom (None: the system), and when."""
    note_all([(organisation, told)], verb, by, now)


def note_all(
    told: Sequence[tuple[Organisation, Mapping[str, object]]],
    verb: str,
    by: AccountInHand | None,
    now: datetime,
) -> None:
    """The same for many, in few statements; none, no entry."""
    if told:
        actor_id, actor = (by.id, by.signature) if by else (None, "")
        append([NewEntry(name_chain(one), verb, now, actor_id, actor, body) for one, body in told])
