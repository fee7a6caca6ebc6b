"""The plain values of counting time: limits, days, overrides and pauses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, Self, cast, get_args

from huiyin.kernel.words import Words

Unit = Literal["h", "d", "wd", "mo"]
"""Hours, calendar days, working days, months."""
Kind = Literal["workday", "weekend", "holiday", "makeup"]
"""What a date is; `makeup` is a day of rest on which people work (调休上班)."""

MOST = 10_000
FIRST_YEAR, LAST_YEAR = 1900, 9998

_TEXT = re.compile(r"([0-9]{1,6})(h|d|wd|mo)")
_UNITS: dict[Unit, tuple[str, str]] = {
    "h": ("{}小时", "{} hour"),
    "d": ("{}天", "{} day"),
    "wd": ("{}个工作日", "{} working day"),
    "mo": ("{}个月", "{} month"),
}


class Uncountable(ValueError):
    """What no due date can be counted with; `words` says why, in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh)
        self.words = Words(zh, en)


@dataclass(frozen=True, slots=True)
class Limit:
    """A length of time with its unit; the amount is 1 … 10,000 and anything else is refused."""

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.unit not in get_args(Unit):
            raise Uncountable(
                f"不认识的期限单位：{self.unit}。请用 h、d、wd 或 mo。",
                f"Unknown unit of a limit: {self.unit}. Use h, d, wd or mo.",
            )
        if isinstance(self.amount, bool) or not isinstance(self.amount, int) or not 1 <= self.amount <= MOST:
            raise Uncountable(
                f"期限须为 1 至 {MOST} 之间的整数，不能是 {self.amount}。",
                f"A limit is a whole number from 1 to {MOST}, not {self.amount}.",
            )

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `2h`, `7d`, `15wd` or `2mo`; anything else is refused with `Uncountable`, a `ValueError`."""
        found = _TEXT.fullmatch(text.strip())
        if not found:
            raise Uncountable(
                f"看不懂的期限：“{text}”。请写成 2h、7d、15wd 或 2mo。",
                f"Not a limit: “{text}”. Write it like 2h, 7d, 15wd or 2mo.",
            )
        amount, unit = found.groups()
        return cls(int(amount), cast("Unit", unit))

    def __str__(self) -> str:
        return f"{self.amount}{self.unit}"

    def tell(self) -> Words:
        """The limit in words: 15个工作日, 15 working days."""
        zh, en = _UNITS[self.unit]
        return Words(zh.format(self.amount), en.format(self.amount) + ("" if self.amount == 1 else "s"))


@dataclass(frozen=True, slots=True)
class DayRule:
    """An override of one date: whether people work on it, what it is called, and the paper that says so."""

    on: date
    works: bool
    name: Words
    source: str


@dataclass(frozen=True, slots=True)
class Day:
    """What a calendar says of one date; `provisional` when no notice has settled its year."""

    on: date
    works: bool
    name: Words
    kind: Kind
    provisional: bool


@dataclass(frozen=True, slots=True)
class Pause:
    """A clock stands still after `since`, up to and including `until`; `None` while the pause is open."""

    since: datetime
    until: datetime | None
    reason: str

    def __post_init__(self) -> None:
        check_moment(self.since)
        if self.until is None:
            return
        check_moment(self.until)
        if self.until < self.since:
            raise Uncountable("暂停的结束时间早于开始时间。", "A pause cannot end before it begins.")


@dataclass(frozen=True, slots=True)
class DayCount:
    """One date of an explanation.

    `code` is `start`, `counted`, `makeup`, `weekend`, `holiday`, `paused`, `rolled`, or `clock` (hours).
    """

    on: date
    counted: bool
    code: str
    why: Words


def check_moment(moment: datetime) -> None:
    """Refuse a moment without a zone, before the year 1900 or after the year 9998."""
    if moment.utcoffset() is None:
        raise Uncountable("时间须带时区。", "A moment must carry its time zone.")
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise past_the_years()


def past_the_years() -> Uncountable:
    """The refusal of a moment that no calendar here reaches."""
    return Uncountable(
        f"只能计算 {FIRST_YEAR} 年至 {LAST_YEAR} 年之间的期限。",
        f"Limits are counted between the years {FIRST_YEAR} and {LAST_YEAR} only.",
    )
