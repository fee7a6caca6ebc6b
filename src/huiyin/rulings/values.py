"""What goes in and out of rulings: a dispute as its record tells it, a precedent that fits."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from huiyin.kernel.words import Words


@dataclass(slots=True)
class ToldRuling:
    """A binding decision as the record of its case tells it."""

    number: str
    lead_id: int
    assisting: list[dict[str, Any]]
    clause: str
    reason: str
    decided_by: str
    decided_at: datetime
    opinions: list[dict[str, Any]]


@dataclass(slots=True)
class ToldDispute:
    """A return as the record of its case tells it; `outcome` is one of `models.Outcome`."""

    seq: int
    unit_id: int
    asked_at: datetime
    asked_by: str
    clause: str
    reason: str
    again: bool
    outcome: str = "open"
    decided_at: datetime | None = None
    decided_by: str = ""
    decision: str = ""
    ruling: ToldRuling | None = None
    opinions: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Precedent:
    """A ruling in force that fits a matter: how closely in thousandths, and in which respects."""

    number: str
    case_number: str
    title: str
    category: Words
    area: Words
    lead_id: int
    lead: Words
    assisting: tuple[str, ...]
    clause: str
    reason: str
    decided_at: datetime
    nearness: int
    why: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Period:
    """From one moment up to another."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class UnitRecord:
    """What a unit was given in a period and what it gave back.

    `returned_of` counts the dispatches of the period that were returned at all, so that its rate over
    `dispatched` is a share; the other counts are of returns asked in the period.
    """

    unit_id: int
    unit: Words
    kind: str
    dispatched: int
    returned_of: int
    asked: int
    open: int
    accepted: int
    refused: int
    withdrawn: int
    in_time: int
    again: int
    ruled_for: int
    ruled_against: int


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one unit says in a consultation; without `at` it has not spoken yet."""

    unit: Words
    clause: str = ""
    words: str = ""
    by: str = ""
    at: datetime | None = None
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A return that waits for the centre: in the simple review, or in consultation."""

    case_id: int
    number: str
    title: str
    process: str
    process_version: int
    stage: str
    version: int
    unit_id: int
    unit: Words
    category: Words
    area: Words
    clause: str
    reason: str
    asked_by: str
    asked_at: datetime
    due_at: datetime | None
    promised_at: datetime | None
    duty: str
    earlier: tuple[str, ...]
    returned: int
    accepted: int
    dispatched: int
    opinions: tuple[Opinion, ...] = ()
