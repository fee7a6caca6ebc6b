"""The values of postings: kinds, columns, what is to be put up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from huiyin.kernel.words import Words

KINDS: dict[str, Words] = {
    "books": Words("每月收支公示", "Monthly income and expense"),
    "inventory": Words("清产核资公示", "Inventory"),
    "roster": Words("成员名单公示", "Roster of members"),
    "shares": Words("股权公示", "Shares"),
    "distribution": Words("收益分配公示", "Distribution"),
    "contract": Words("合同公示", "Contract"),
    "meeting": Words("会议与决议公示", "Meeting and resolution"),
    "cooperative": Words("合作社公示", "Co-operative"),
}
"""What is posted."""

QUESTION = "village-question"
"""The process of a question or an objection under a posting."""

ASKED: dict[str, Words] = {
    "question": Words("质疑", "Question"),
    "objection": Words("异议", "Objection"),
}
"""What may be raised under a posting: to be told more, or that it is wrong."""

ADDED_UP = frozenset({"fen", "count", "units"})
"""Kinds of columns that have a total."""


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a posting.

    `kind` is `text`, `date` (ISO), or a whole number: `fen`, `count`, `units`, which are added up below the
    sheet, or `balance` (fen as they stood at a moment), which is not.
    """

    key: str
    title: Words
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class NewPosting:
    """A sheet to be put up. `subject` says of what (`case:QC…`, `month:2026-10`), `turn` which 榜 it is.

    `rows` hold the values of the columns; each has a key that the source knows (`voucher:12`). No row may
    hold what would tell a villager's whole name or number: names are masked before they come here.
    """

    organisation_id: int
    kind: str
    title: str
    subject: str
    columns: Sequence[Field]
    rows: Sequence[tuple[str, Mapping[str, Any]]]
    from_on: date
    days: int
    turn: int = 1
    words: str = ""


@dataclass(frozen=True, slots=True)
class NewQuestion:
    """What a villager raises under a sheet, or one line of it. `name` and `phone` may stay empty.

    `phone` is sealed; of `name` the public sees the first sign. The same `key` with the same words is asked
    once.
    """

    posting_id: int
    words: str
    kind: str = "question"
    line_id: int | None = None
    name: str = ""
    phone: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """A place where what hangs is not what was put up; `line` is 0 when the whole sheet is meant."""

    posting_id: int
    line: int
    words: Words
