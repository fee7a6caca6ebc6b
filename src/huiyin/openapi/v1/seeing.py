"""Finds what the token's account may see; somebody else's case is as good as none."""

from __future__ import annotations

from zlib import crc32

from huiyin.cases.api import SeenCase, find_seen
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.openapi.v1.contract import Call, Reply
from huiyin.openapi.v1.shapes import Titled


def look_at(call: Call) -> SeenCase:
    """The case that the address names; `case-not-found` when there is none or it may not be seen."""
    case = find_seen(call.parts["number"], call.acting)
    if case is None:
        words = Words(
            "没有这个工单，或您无权查看。请核对编号。", "There is no such case, or you may not see it."
        )
        raise Refusal("case-not-found", words)
    return case


def make_tag(content: bytes, version: int | None = None) -> str:
    """An entity tag: the case's version, when it is one, and a mark of all that is shown."""
    mark = f"{crc32(content):08x}"
    return f'"{mark}"' if version is None else f'"{version}-{mark}"'


def reply_unless_known(content: bytes, tag: str, known: str | None) -> Reply:
    """The content with its tag, or 304 when the caller has it already."""
    tags = {part.strip().removeprefix("W/") for part in known.split(",")} if known else set()
    status = 304 if tag in tags or "*" in tags else 200
    return Reply(content, status, {"ETag": tag})


def titled(words: Words) -> Titled:
    """Both languages; English falls back to Chinese."""
    return Titled(words.zh, words.en or words.zh)
