"""What an operation of the interface declares, and what its code is given and answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import HttpRequest

from huiyin.cases.api import Acting, make_acting
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand, MachineInHand

JSON = "application/json"
JSON_BYTES = 256 * 1024
"""The largest JSON that is read."""


@dataclass(frozen=True, slots=True)
class Body:
    """What a request carries: JSON of `shape`, or the bytes of a file of one of the `media` types."""

    shape: type[Any] | None
    media: tuple[str, ...] = (JSON,)
    most: int = JSON_BYTES


@dataclass(frozen=True, slots=True)
class Answer:
    """What comes back when all went well; `headers` by name with what they tell."""

    told: Words
    shape: Any = None
    headers: Mapping[str, Words] = field(default_factory=dict)
    media: str = JSON


@dataclass(frozen=True)
class Call:
    """A request that was let in: who acts, and everything it brought, already in its declared shape."""

    request: HttpRequest
    machine: MachineInHand
    now: datetime
    parts: Mapping[str, Any]
    query: Any = None
    headers: Any = None
    body: Any = None

    @cached_property
    def acting(self) -> Acting:
        """The token's account as somebody who acts on cases."""
        return make_acting(self.account)

    @property
    def account(self) -> AccountInHand:
        """The token's account; only for operations that ask for a scope."""
        if self.machine.account is None:
            raise Refusal("token-missing", Words("需要令牌。", "A token is needed."))
        return self.machine.account


@dataclass(frozen=True, slots=True)
class Reply:
    """What an operation answers: a value that becomes JSON, or bytes that are sent as they are."""

    payload: Any
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    media: str = JSON


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation. `scope` is empty when everybody may ask; `path` has its parts in braces.

    `query` and `headers` are Structs whose fields are the parameters; `problems` are the statuses, beside
    those that every operation can have, with which it says no.
    """

    key: str
    method: str
    path: str
    scope: str
    group: str
    title: Words
    told: Words
    run: Callable[[Call], Reply]
    answers: Mapping[int, Answer]
    query: type[Any] | None = None
    headers: type[Any] | None = None
    body: Body | None = None
    problems: tuple[int, ...] = ()
    links: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


GROUPS: dict[str, Words] = {
    "cases": Words("工单", "Cases"),
    "tracking": Words("凭密钥查办理进度", "Tracking by secret"),
    "register": Words("基础数据", "The register"),
}
"""How operations are grouped in the document and on the page."""
