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


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a posting: `kind` is `text`, `fen` (whole fen), `count`, `units` or `date` (ISO)."""

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
