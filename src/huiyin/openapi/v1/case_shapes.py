"""The shapes of cases: what opens one, and what is shown of it."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from huiyin.openapi.v1.shapes import (
    CaseNumber,
    Code,
    Coded,
    Key,
    Keyed,
    Line,
    Moment,
    Said,
    SentKeyText,
    Titled,
)

Phone = Annotated[
    str,
    Meta(
        pattern="^(1[0-9]{10}|0[0-9]{9,11}|[2-9][0-9]{6,7}|[48]00[0-9]{7})$",
        description="11 位手机号，或带区号的座机号，只写数字。 Digits only.",
    ),
]
Degrees = Annotated[float, Meta(ge=-180, le=180)]


class NewCaseBody(Struct, forbid_unknown_fields=True):
    """A matter to open."""

    process: Annotated[Key, Meta(description="流程，见 /processes。 See /processes.", examples=["hotline"])]
    channel: Annotated[Key, Meta(description="渠道，见 /channels。 See /channels.", examples=["hotline"])]
    words: Annotated[
        Said, Meta(description="诉求人的原话。 What the person said.", examples=["路灯坏了三天"])
    ]
    title: Annotated[Line, Meta(max_length=60)] = ""
    identity: Annotated[
        Literal["named", "anonymous", "confidential"],
        Meta(description="匿名的不留姓名电话。 Of an anonymous person nothing is kept."),
    ] = "named"
    name: Annotated[Line, Meta(max_length=40)] = ""
    phone: Phone | UnsetType = UNSET
    category: Annotated[Code, Meta(description="类别代码，见 /categories。 See /categories.")] | UnsetType = (
        UNSET
    )
    area: Annotated[Code, Meta(description="区域代码，见 /areas。 See /areas.")] | UnsetType = UNSET
    place: Annotated[Line, Meta(max_length=120)] = ""
    lon: Degrees | UnsetType = UNSET
    lat: Annotated[float, Meta(ge=-90, le=90)] | UnsetType = UNSET
    grade: Annotated[Key, Meta(description="等级，见流程。 A grade of the process.")] | UnsetType = UNSET
    urgent: bool = False
    language: Literal["zh-hans", "en"] = "zh-hans"


class OpenedLinks(Struct):
    """Where to go on."""

    case: str
    track: str
    page: str


class OpenedCase(Struct):
    """What was opened. `secret` opens the person's own page: hand it to that person alone."""

    number: CaseNumber
    secret: str
    version: int
    links: OpenedLinks


class CaseSummary(Struct):
    """A case as a list shows it; no personal data."""

    number: CaseNumber
    title: str
    process: str
    process_version: int
    stage: str
    stage_kind: str
    grade: str
    urgent: bool
    round: int
    identity: str
    channel: Annotated[str | None, Meta(description="保密的不显示。 Hidden of a confidential request.")]
    category: Coded | None
    township: Coded | None
    place: str
    lon: float | None
    lat: float | None
    unit: Annotated[Keyed | None, Meta(description="主办单位。 The lead unit.")]
    opened_at: Moment
    moved_at: Moment
    due_at: Moment | None
    paused_at: Moment | None
    closed_at: Moment | None
    group: Annotated[str | None, Meta(description="并入的工单。 The case that leads it.")]
    members: int
    version: int


class CasePage(Struct):
    """A page of cases; `next` is the address of the page after it."""

    cases: list[CaseSummary]
    next: str | None


class MaskedPerson(Struct):
    """The person, masked; only of a request that was made by name."""

    name: str
    phone: str


class UnitPart(Struct):
    """A unit's part in a case."""

    unit: Keyed
    part: str
    round: int
    dispatched_at: Moment
    signed_at: Moment | None
    answered_at: Moment | None
    ended_at: Moment | None


class CaseFile(Struct):
    """A file of a case."""

    id: int
    name: str
    media_type: str
    size: int
    public: Annotated[bool, Meta(description="诉求人也能看。 The person may see it too.")]
    given_at: Moment


class GivenRating(Struct):
    """What the person said of one round."""

    round: int
    source: str
    reached: bool
    solved: bool | None
    satisfied: int | None
    words: str
    rated_at: Moment


class CaseInside(Struct):
    """What one case shows beyond its row."""

    words: str | None
    person: MaskedPerson | None
    parts: list[UnitPart]
    files: list[CaseFile]
    ratings: list[GivenRating]


class CaseWhole(Struct):
    """One case: its row as in a list, and what is inside."""

    case: CaseSummary
    inside: CaseInside


class AskedInput(Struct):
    """An input that a move asks for."""

    key: str
    kind: str
    required: bool
    title: Titled
    choices: Annotated[list[str], Meta(description="只能取这些值；空为不限。 The values there are, if few.")]


class OpenMove(Struct):
    """A move that the token's account may try now."""

    key: str
    title: Titled
    asks: list[AskedInput]


class CaseMoves(Struct):
    """Where the case stands, and what may be done now."""

    number: CaseNumber
    stage: str
    stage_title: Titled
    version: int
    moves: list[OpenMove]


class MovedCase(CaseMoves):
    """The outcome of a move; `repeated` when the key had been acted on already."""

    repeated: bool = False


class TimelineEntry(Struct):
    """One entry of the case's record."""

    seq: int
    at: Moment
    move: str
    title: Titled
    actor: str
    to: str
    said: Annotated[
        dict[str, str], Meta(description="诉求人看得到的话。 The words that the person may read.")
    ]


class Timeline(Struct):
    """The record of a case, oldest first."""

    number: CaseNumber
    entries: list[TimelineEntry]


class ListQuery(Struct, forbid_unknown_fields=True):
    """Which cases a list holds."""

    q: Annotated[Line, Meta(max_length=60, description="编号、原话中的字。 Number or words.")] = ""
    state: Literal["open", "closed", "all"] = "all"
    process: Key | UnsetType = UNSET
    stage: Key | UnsetType = UNSET
    channel: Key | UnsetType = UNSET
    grade: Key | UnsetType = UNSET
    category: Annotated[Code, Meta(description="含下级。 With all below it.")] | UnsetType = UNSET
    township: Code | UnsetType = UNSET
    unit: Annotated[Key, Meta(description="主办单位。 The lead unit.")] | UnsetType = UNSET
    opened_from: Moment | UnsetType = UNSET
    opened_to: Moment | UnsetType = UNSET
    moved_from: Annotated[Moment, Meta(description="此后有变化的。 Changed since.")] | UnsetType = UNSET
    overdue: bool = False
    order: Literal["newest", "oldest"] = "newest"
    limit: Annotated[int, Meta(ge=1, le=200)] = 50
    after: (
        Annotated[
            str,
            Meta(pattern="^[0-9a-z]{1,13}$", description="上一页的 next 里有。 Taken from `next`."),
        ]
        | UnsetType
    ) = UNSET


class ReadHeaders(Struct, rename={"if_none_match": "If-None-Match"}):
    """The header that asks for a case only if it has changed."""

    if_none_match: Annotated[str, Meta(max_length=400, pattern="^[ -~]*$")] | UnsetType = UNSET


class MoveHeaders(Struct, rename={"if_match": "If-Match", "idempotency_key": "Idempotency-Key"}):
    """The headers against lost updates and against acting twice."""

    if_match: (
        Annotated[
            str,
            Meta(
                max_length=64,
                pattern="^[ -~]*$",
                description="读到的 ETag；期间有人办过则答 412。 The ETag that was read; 412 when it is old.",
            ),
        ]
        | UnsetType
    ) = UNSET
    idempotency_key: SentKeyText | UnsetType = UNSET


class FileQuery(Struct, forbid_unknown_fields=True):
    """What the file is called, and who may see it."""

    name: Annotated[
        str,
        Meta(min_length=1, max_length=120, pattern=r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f./\\]$"),
    ]
    public: bool = False


class KeptFile(Struct):
    """A file that was taken: a move may name it in `files`."""

    id: int
    name: str
    media_type: str
    size: int
    url: str
