"""Reads what was typed: days, counts, percents, sums."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from huiyin.kernel.money import read_yuan
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean, read_number
from huiyin.kernel.words import Words

LONGEST = 400
_PERCENT = re.compile(r"[0-9]{1,3}(?:\.[0-9])?")


def read_words(typed: Mapping[str, str], field: str) -> str:
    """The text of a field, cut to what is kept."""
    return clean(typed.get(field, ""))[:LONGEST]


def read_day(typed: Mapping[str, str], field: str) -> date:
    """The day of a field; refuses `bad-day`."""
    return make_day(typed.get(field, ""), field)


def make_day(text: str, field: str) -> date:
    """2026-11-27, 2026/11/27 or 2026.11.27; refuses `bad-day`."""
    plain = clean(text).replace("/", "-").replace(".", "-")
    try:
        year, month, day = map(int, plain.split("-"))
        return date(year, month, day)
    except ValueError:
        words = Words(
            "“{text}”不是日期。请按 2026-01-31 填写。", "“{text}” is no date. Write it as 2026-01-31."
        ).fill(text=clean(text)[:40])
        raise Refusal("bad-day", words, field=field) from None


def find_day(typed: Mapping[str, str], field: str) -> date | None:
    """The day of a field; None when it is empty."""
    return read_day(typed, field) if clean(typed.get(field, "")) else None


def read_count(typed: Mapping[str, str], field: str) -> int:
    """The whole number of a field; refuses `bad-number`."""
    return make_count(typed.get(field, ""), field)


def make_count(text: str, field: str) -> int:
    """A whole number from nothing up; refuses `bad-number`."""
    number = read_number(clean(text), 9)
    if number is None:
        words = Words("“{text}”不是整数。请填整数。", "“{text}” is no whole number.").fill(
            text=clean(text)[:40]
        )
        raise Refusal("bad-number", words, field=field)
    return number


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
