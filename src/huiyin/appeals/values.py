"""What a door hands in, and what it gets back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class IdentityMode(StrEnum):
    """How the person is known. Confidential: to the centre alone, never to the unit complained of."""

    NAMED = "named"
    ANONYMOUS = "anonymous"
    CONFIDENTIAL = "confidential"


@dataclass(frozen=True, slots=True)
class NewAppeal:
    """A request from any door. `source_key` makes reporting idempotent: a form's client key, a source's id.

    Whoever knows a person's `source_key` gets the link of the request: a form's is random and long. `title`
    may be empty: the beginning of the words serves then. `name` and `phone` are dropped when anonymous.
    `source` is what another system says of its own record; it goes into the opening entry of the journal.
    """

    process: str
    channel: str
    words: str
    opened_at: datetime
    title: str = ""
    name: str = ""
    phone: str = ""
    identity: str = IdentityMode.NAMED
    category_id: int | None = None
    area_id: int | None = None
    township_id: int | None = None
    place: str = ""
    spot_id: int | None = None
    grade: str = ""
    urgent: bool = False
    source_key: str | None = None
    suggestion: str = ""
    company_id: int | None = None
    failed_case_id: int | None = None
    failed_matter: str = ""
    language: str = "zh-hans"
    lon_microdegrees: int | None = None
    lat_microdegrees: int | None = None
    source: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reported:
    """A request that is in: its number and the secret of its link; not `fresh` when it was in already."""

    case_id: int
    number: str
    secret: str
    fresh: bool


@dataclass(frozen=True, slots=True)
class Likeness:
    """An earlier request that may be the same; `per_mille` is the share of three-sign pieces in common."""

    case_id: int
    number: str
    title: str
    stage: str
    opened_at: datetime
    per_mille: int
    group_number: str | None
    closed: bool
