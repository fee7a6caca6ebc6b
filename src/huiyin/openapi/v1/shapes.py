"""The shapes that several operations share: codes, texts, times, titles."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

Key = Annotated[str, Meta(pattern="^[a-z][a-z0-9_-]*$", max_length=60)]
Code = Annotated[str, Meta(pattern="^[0-9A-Za-z-]+$", max_length=40)]
Line = Annotated[str, Meta(pattern=r"^[^\x00-\x1f\x7f-\x9f]*$")]
Said = Annotated[str, Meta(min_length=1, max_length=5000, pattern=r"[^\s\x00-\x1f\x7f-\x9f]")]
Moment = Annotated[datetime, Meta(tz=True)]
CaseNumber = Annotated[str, Meta(pattern="^[A-Z]{1,6}[0-9]{7,20}$", examples=["HC26112100042"])]
SentKeyText = Annotated[
    str,
    Meta(
        pattern="^[!-~]+$",
        max_length=128,
        description="同键重发不会重复办理；同键不同内容答 409。 A key acts once; 409 with other content.",
    ),
]


class Titled(Struct):
    """A name in both languages."""

    zh: str
    en: str


class Coded(Struct):
    """Something of the register, by its code."""

    code: str
    name: str


class Keyed(Struct):
    """A unit, by its key."""

    key: str
    name: str


class Keys(Struct, rename={"idempotency_key": "Idempotency-Key"}):
    """The header by which a retry is known for one."""

    idempotency_key: SentKeyText | msgspec.UnsetType = msgspec.UNSET


class Problem(Struct):
    """Why something was not done (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: Annotated[
        str, Meta(description="给人看的话，按 Accept-Language。 Plain words, by Accept-Language.")
    ]
    code: Annotated[str, Meta(description="稳定的代码。 A stable key.")]
    rule: Annotated[str, Meta(description="所依据的规定，可空。 The rule it rests on, if any.")]
    field: Annotated[str, Meta(description="出错的输入，可空。 The input at fault, if any.")]
    request_id: str
