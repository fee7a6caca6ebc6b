"""What goes in and out of cases: who acts, a new case, the state that a move works on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from huiyin.journal.api import Place, Strand
from huiyin.people.api import AccountInHand
from huiyin.process.api import Move, Process
from huiyin.register.api import Rules


@dataclass(frozen=True, slots=True)
class ActingPost:
    """A role at a unit that the acting account holds."""

    unit_id: int
    unit: str
    role: str


@dataclass(frozen=True, slots=True)
class Acting:
    """Whoever acts: an account with its posts, the person of the case, or the system."""

    kind: str
    name: str
    account_id: int | None = None
    posts: tuple[ActingPost, ...] = ()


CONSULTED = "consulted"
"""The part of a unit that is asked for its opinion and handles nothing."""

PERSON = Acting("person", "诉求人")
"""The person of the case, by the secret link."""

SYSTEM = Acting("system", "系统")
"""A job or a listener."""


@dataclass(frozen=True, slots=True)
class NewCase:
    """A matter to open. `source_key` makes opening idempotent: a second one with the same key is a duplicate.

    `body` goes into the first journal entry beside the title and a digest of the words.
    """

    kind: str
    process: str
    title: str
    words: str
    channel: str
    opened_at: datetime
    grade: str = ""
    urgent: bool = False
    category_id: int | None = None
    area_id: int | None = None
    township_id: int | None = None
    place: str = ""
    spot_id: int | None = None
    lon_microdegrees: int | None = None
    lat_microdegrees: int | None = None
    person_id: int | None = None
    identity: str = "named"
    source_key: str | None = None
    body: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Opened:
    """What became of a `NewCase`; `fresh` is False when its source key was known: the older case it is."""

    case_id: int
    number: str
    fresh: bool


@dataclass(slots=True)
class AssignmentState:
    """A unit's part while a move works on it; `id` is None until it is written."""

    unit_id: int
    part: str
    round: int
    dispatched_at: datetime
    id: int | None = None
    designated: bool = False
    signed_at: datetime | None = None
    officer_id: int | None = None
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    how: str = ""

    @property
    def open(self) -> bool:
        """Not ended: the unit still has its part."""
        return self.ended_at is None


@dataclass(slots=True)
class ClockState:
    """A clock's run while a move works on it; `id` is None until it is written."""

    key: str
    owner: str
    main: bool
    round: int
    started_at: datetime
    limits: list[str]
    due_at: datetime
    calendar: str
    id: int | None = None
    unit_id: int | None = None
    pauses: list[dict[str, str | None]] = field(default_factory=list)
    paused_at: datetime | None = None
    warns: list[int] = field(default_factory=list)
    next_at: datetime | None = None
    stopped_at: datetime | None = None
    outcome: str = "running"
    provisional: bool = False


@dataclass(slots=True)
class CaseState:
    """The header of a locked case, as a move changes it."""

    id: int
    number: str
    kind: str
    process: str
    process_version: int
    stage: str
    stage_kind: str
    grade: str
    urgent: bool
    title: str
    category_id: int | None
    area_id: int | None
    township_id: int | None
    person_id: int | None
    identity: str
    opened_at: datetime
    accepted_at: datetime | None
    dispatched_at: datetime | None
    answered_at: datetime | None
    closed_at: datetime | None
    moved_at: datetime
    lead_id: int | None
    officer_id: int | None
    designated: bool
    round: int
    extensions: int
    returns: int
    hurries: int
    supervisions: int
    due_at: datetime | None
    due_from: datetime | None
    paused_at: datetime | None
    group_id: int | None
    members: int
    asked: dict[str, Any] | None
    asked_by_id: int | None
    hung_until: date | None
    cause: str
    automatic: bool
    disputes: int
    ruling: str
    version: int
    group_lead_id: int | None = None
    group_category_id: int | None = None
    assignments: list[AssignmentState] = field(default_factory=list)
    clocks: list[ClockState] = field(default_factory=list)
    rating: dict[str, Any] = field(default_factory=dict)
    calls: int = 0

    @property
    def subject(self) -> str:
        """Under which the journal keeps this case's chain."""
        return f"case:{self.number}"


@dataclass(frozen=True, slots=True)
class Ground:
    """What opening cases stands on.

    `ids` are new, of cases and of persons; `versions` are the county's own processes by key and version,
    `known` maps source keys to the cases that were opened with them.
    """

    ids: list[int]
    person_ids: list[int]
    versions: list[tuple[str, int]]
    known: dict[str, tuple[int, str]]
    rules: Rules


@dataclass(frozen=True, slots=True)
class Locked:
    """A locked case, the rules in force, the `place` of its chain, whether the client's key was acted on.

    `stored` holds each of its parts and clocks as it was read, as JSON: so it is known which ones change.
    """

    case: CaseState
    opened_by_id: int | None
    rules: Rules
    place: Place | None
    acted: bool
    stored: frozenset[bytes]


@dataclass(frozen=True, slots=True)
class Later:
    """Inputs that are read once the case is known and locked, and whoever moves it may try the move.

    `read` gets the id of the case and the move. `into` is the number of another case that was typed.
    """

    read: Callable[[int, Move], Mapping[str, Any]]
    into: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms a move is made.

    The same `key` a second time acts no more. `version`, when given, must be the case's. With `seen` a case
    that whoever acts may not see is as good as none. What the caller writes goes `beside` what the move does.
    """

    key: str | None = None
    version: int | None = None
    seen: bool = False
    beside: Sequence[Strand] = ()


@dataclass(frozen=True, slots=True)
class Moved:
    """The outcome of a move; `repeated` when the same client key had already been acted on.

    `process` and `asked_by_id` tell, with the open `parts`, what may be done next.
    """

    case_id: int
    number: str
    stage: str
    version: int
    process: Process
    asked_by_id: int | None
    parts: Sequence[AssignmentState]
    repeated: bool = False


def make_acting(account: AccountInHand) -> Acting:
    """The signed-in account as somebody who acts on cases."""
    posts = tuple(ActingPost(post.unit_id, post.unit_name, post.role) for post in account.posts)
    return Acting("staff", account.name, account.id, posts)
