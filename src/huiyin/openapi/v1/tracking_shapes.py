"""The shapes of what a person sees of their own matter."""

from __future__ import annotations

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from huiyin.openapi.v1.shapes import CaseNumber, Moment, Said, SentKeyText, Titled

Secret = Annotated[
    str,
    Meta(
        pattern="^[0-9A-Za-z_-]+$",
        min_length=16,
        max_length=64,
        description="登记时答复里的 secret。不放网址里，日志就不会记。 In a header: no log keeps it.",
    ),
]


HEADER = "Huiyin-Secret"


class SecretHeader(Struct, rename={"secret": HEADER}):
    """The secret of the matter."""

    secret: Secret


class ActHeaders(Struct, rename={"secret": HEADER, "idempotency_key": "Idempotency-Key"}):
    """The secret of the matter, and the key by which a retry is known for one."""

    secret: Secret
    idempotency_key: SentKeyText | UnsetType = UNSET


class TrackedStep(Struct):
    """One thing that happened, in plain words; `mine` when the person did it."""

    title: Titled
    at: Moment
    words: list[str]
    mine: bool


class TrackedOfficer(Struct):
    """Who is responsible, and the office number to call."""

    name: str
    phone: str


class TrackedRating(Struct):
    """What the person said."""

    solved: bool | None
    satisfied: int | None


class TrackedMatter(Struct):
    """A matter as its person sees it. `can` holds what the person may do now: `rate`, `words`."""

    number: CaseNumber
    title: str
    headline: Titled
    opened_at: Moment
    due_at: Moment | None
    closed: bool
    steps: list[TrackedStep]
    officer: TrackedOfficer | None
    rating: TrackedRating | None
    can: list[str]
    version: int


class RatingBody(Struct, forbid_unknown_fields=True):
    """Solved and satisfied are two questions. What is not solved goes back: say what is missing."""

    solved: bool
    satisfied: Annotated[int, Meta(ge=1, le=5, description="5 非常满意 … 1 非常不满意。 5 is best.")]
    words: Annotated[Said, Meta(description="没解决的必须写。 Needed when it is not solved.")] | UnsetType = (
        UNSET
    )


class WordsBody(Struct, forbid_unknown_fields=True):
    """More words of the person."""

    words: Said
