"""What goes into the journal and what comes out: entries, events, roots, accesses, findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import Any

from huiyin.kernel.words import Words


class Algo(IntEnum):
    """The hash of an entry or root, kept beside it so that a changed setting leaves old ones verifiable."""

    SHA256 = 1
    SM3 = 2


Place = tuple[int, bytes]
"""Where a chain stands: its last seq and hash."""


@dataclass(frozen=True, slots=True)
class NewEntry:
    """One thing that happened to `subject` (`case:HC26112100042`, `account:7`).

    `actor` is the display name and unit at that time; `actor_id` is None for the system. `key` is the
    client's idempotency key, unique within the subject. `fresh` promises that the subject has no entry yet.
    """

    subject: str
    verb: str
    at: datetime
    actor_id: int | None
    actor: str
    body: Mapping[str, Any]
    key: str | None = None
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """An entry as it stands in its chain; `body` has its times as ISO text in UTC."""

    subject: str
    seq: int
    at: datetime
    actor_id: int | None
    actor: str
    verb: str
    body: dict[str, Any]
    key: str | None
    prev: bytes
    hash: bytes
    algo: int


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, told upward; `name` is in the past tense (`case-closed`)."""

    name: str
    subject: str
    body: Mapping[str, Any]
    at: datetime


@dataclass(frozen=True, slots=True)
class FailedEvent:
    """An event that no listener could take, set aside after its last attempt."""

    id: int
    event: Event
    attempts: int
    error: str
    failed_at: datetime


class FindingKind(StrEnum):
    """How a chain differs from what was written."""

    ALTERED = "altered"
    REMOVED = "removed"
    INSERTED = "inserted"
    HEAD = "head"
    ROOT = "root"


@dataclass(frozen=True, slots=True)
class Finding:
    """One place where the record is not what was written; `seq` is 0 when the whole chain or day is meant."""

    subject: str
    seq: int
    kind: str
    words: Words


@dataclass(frozen=True, slots=True)
class Report:
    """What a verification read and found."""

    entries: int
    chains: int
    findings: list[Finding]

    @property
    def whole(self) -> bool:
        """Nothing was found."""
        return not self.findings


@dataclass(frozen=True, slots=True)
class Root:
    """The hash over the last entry of every chain that changed on a day, chained to the root before it."""

    on: date
    count: int
    root: bytes
    prev: bytes
    algo: int
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Access:
    """Somebody looked at something sealed or restricted, and why."""

    id: int
    at: datetime
    account_id: int
    account: str
    what: str
    subject: str
    reason: str
    request_id: str | None
