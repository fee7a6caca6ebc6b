"""Reads what was typed: days, counts, percents, sums."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from huiyin.kernel.money import read_yuan
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.villages import answering

LONGEST = 400
_PERCENT = re.compile(r"[0-9]{1,3}(?:\.[0-9])?")


def read_words(typed: Mapping[str, str], field: str) -> str:
    """The text of a field, cut to what is kept."""
    return clean(typed.get(field, ""))[:LONGEST]


def read_day(typed: Mapping[str, str], field: str) -> date:
    """The day of a field; refuses `bad-day`."""
    return answering.read_day(typed.get(field, ""), field)


def find_day(typed: Mapping[str, str], field: str) -> date | None:
    """The day of a field; None when it is empty."""
    return read_day(typed, field) if clean(typed.get(field, "")) else None


def read_count(typed: Mapping[str, str], field: str) -> int:
    """The whole number of a field; refuses `bad-number`."""
    return answering.read_whole(typed.get(field, ""), field, 9)


def read_sum(typed: Mapping[str, str], field: str) -> int:
    """Whole fen of a field in yuan; nothing typed is nothing."""
    text = clean(typed.get(field, ""))
    return read_yuan(text, field) if text else 0


def read_per_mille(typed: Mapping[str, str], field: str) -> int:
    """Thousandths of a percent with at most one decimal; refuses `bad-number`."""
    text = clean(typed.get(field, "")).removesuffix("%").strip()
    if _PERCENT.fullmatch(text) and (per_mille := int(Decimal(text) * 10)) <= 1000:
        return per_mille
    words = Words(
        "“{text}”不是 0 到 100 的百分数，最多一位小数。",
        "“{text}” is no percent from 0 to 100 with at most one decimal.",
    ).fill(text=text[:40])
    raise Refusal("bad-number", words, field=field)
