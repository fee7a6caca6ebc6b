"""The values of people: who is signed in, with which posts, and what a person tells about themselves."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class PostInHand:
    """A role that an account holds today at a unit."""

    unit_id: int
    unit_name: str
    unit_kind: str
    role: str
    unit_name_en: str = ""


@dataclass(frozen=True, slots=True)
class AccountInHand:
    """The signed-in account with the posts that it holds today, in the order in which they were given."""

    id: int
    login: str
    name: str
    posts: tuple[PostInHand, ...] = ()
    must: str = ""
    """What has to be done before any other page opens: `password`, `second-factor`, or nothing."""

    @property
    def roles(self) -> frozenset[str]:
        """Every role held anywhere."""
        return frozenset(post.role for post in self.posts)

    @property
    def main_unit(self) -> PostInHand | None:
        """The post shown beside the name: the first one given."""
        return self.posts[0] if self.posts else None

    @property
    def signature(self) -> str:
        """Name and unit, as the journal keeps them."""
        return f"{self.name} {self.main_unit.unit_name}" if self.main_unit else self.name

    def holds(self, role: str, unit_id: int | None = None) -> bool:
        """Whether `role` is held, at `unit_id` if one is named."""
        return any(post.role == role and unit_id in (None, post.unit_id) for post in self.posts)

    def unit_ids(self, role: str | None = None) -> frozenset[int]:
        """The units at which `role` is held, or any role when none is named."""
        return frozenset(post.unit_id for post in self.posts if role in (None, post.role))


@dataclass(frozen=True, slots=True)
class MachineInHand:
    """What a request brought: a token with its account, or none; `uses` counts its requests of this minute.

    `account` is None when there is no such token; one that is not `alive` has run out or was revoked.
    """

    token_id: int | None = None
    account: AccountInHand | None = None
    scopes: frozenset[str] = frozenset()
    alive: bool = False
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    uses: int = 0


@dataclass(frozen=True, slots=True)
class NewToken:
    """A fresh token: `text` is shown once and kept nowhere."""

    id: int
    text: str = field(repr=False)


class KnownRequest(HttpRequest):
    """A request that has passed `middleware.KnowAccount`: for annotations only."""

    account: AccountInHand | None


@dataclass(frozen=True, slots=True)
class Identity:
    """What is sealed of a person. Its `repr` shows nothing, so that no log or traceback leaks it."""

    name: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    id_number: str = field(default="", repr=False)
    address: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A person to be registered; `phone` may be empty, otherwise it must be a number that can be called."""

    identity: Identity
    kind: str = "resident"
    company_id: int | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a sign-in comes from: its network address and its browser in a few words."""

    address: str = ""
    agent: str = ""


NOWHERE = Origin()
"""The command line, and whatever tells no origin."""


@dataclass(frozen=True, slots=True)
class HalfSignedIn:
    """The first step is passed and the code awaited. `step` is sealed and goes into a cookie."""

    account_id: int
    step: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A fresh session: the token goes into the cookie and is kept nowhere else."""

    account_id: int
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Officer:
    """A member of staff who may be named to a citizen: `phone` is an office number."""

    id: int
    name: str
    phone: str
    unit_id: int


@dataclass(frozen=True, slots=True)
class PersonCard:
    """What staff may see of a person without opening the seal."""

    id: int
    kind: str
    masked_name: str
    masked_phone: str
    company_id: int | None
    company_name: str


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One session as its holder sees it; `here` is the one that asks."""

    key: str
    started_at: datetime
    seen_at: datetime
    ends_at: datetime
    address: str
    agent: str
    here: bool


@dataclass(frozen=True, slots=True)
class SecondFactorState:
    """Since when an account has a second factor, whether one waits to be confirmed, recovery codes left."""

    since: datetime | None
    waits: bool
    codes_left: int
