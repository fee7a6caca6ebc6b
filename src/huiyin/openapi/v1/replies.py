"""Checking a reply before it is sent: the same rules as on the page of a case."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from huiyin.kernel.words import Words
from huiyin.language.api import check_reply
from huiyin.openapi.v1.contract import Answer, Body, Call, Operation, Reply
from huiyin.openapi.v1.seeing import titled
from huiyin.openapi.v1.shapes import Said, Titled
from huiyin.replies.api import get_rules


class ReplyBody(Struct, forbid_unknown_fields=True):
    """A reply, and the matter that it answers: its title and words."""

    reply: Said
    about: Annotated[str, Meta(max_length=5200)] = ""


class FindingRow(Struct):
    """One thing that the reply lacks, the points that it costs, and how to mend it."""

    code: str
    weight: int
    words: Titled


class ReplyChecked(Struct):
    """What was found: 0 to 100 points by side, and what lacks, the heaviest first."""

    score: Annotated[int, Meta(ge=0, le=100)]
    band: Literal["good", "weak", "poor"]
    rules: Annotated[str, Meta(description="规则的版本。 The version of the rules.")]
    points: dict[str, int]
    findings: list[FindingRow]


def _check(call: Call) -> Reply:
    found = check_reply(call.body.reply, call.body.about)
    rows = [FindingRow(one.code, one.weight, titled(one.words)) for one in found.findings]
    band = get_rules().lines.find_band(found)
    return Reply(ReplyChecked(found.score, band, found.version, found.points, rows))  # type: ignore[arg-type]  # a band is one of the three


OPERATIONS = (
    Operation(
        key="checkReply",
        method="POST",
        path="/replies/check",
        scope="cases:read",
        group="cases",
        title=Words("检查答复", "Check a reply"),
        told=Words(
            "与工作人员写答复时的检查一样：得分、等次、缺什么、怎样改。什么都不留下。",
            "The check that staff see while they write: points, band, what lacks. Nothing is kept.",
        ),
        run=_check,
        answers={200: Answer(Words("检查结果", "What was found"), ReplyChecked)},
        body=Body(ReplyBody),
    ),
)
