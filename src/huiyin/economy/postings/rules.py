"""What a posting must be: its days, its months and quarters, when it is due; pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words

RULE = "村民委员会组织法 第30条：公示不少于规定天数，有异议须答复"
MONTHLY = "村民委员会组织法 第30条：财务收支按期公布，往来较多的每月公布一次"
AT_ONCE = "村民委员会组织法 第30条：重大事项随时公布"


@dataclass(frozen=True, slots=True)
class Period:
    """Months that are posted together: one as a rule, or a quarter; `first` and `last` are days."""

    first: date
    last: date

    @property
    def subject(self) -> str:
        """The subject of its posting: `month:2026-10`, or `months:2026-07` of several."""
        kind = (
            "month" if (self.first.year, self.first.month) == (self.last.year, self.last.month) else "months"
        )
        return f"{kind}:{self.first:%Y-%m}"

    @property
    def title(self) -> Words:
        """2026 年 10 月, or 2026 年 7–9 月."""
        if self.first.month == self.last.month:
            return Words(f"{self.first.year} 年 {self.first.month} 月", f"{self.first:%Y-%m}")
        zh = f"{self.first.year} 年 {self.first.month}–{self.last.month} 月"
        return Words(zh, f"{self.first:%Y-%m} to {self.last:%Y-%m}")

    def due_on(self, day: int) -> date:
        """The last day on which it may be put up: that day of the month after."""
        return (self.last + timedelta(days=1)).replace(day=day)


def find_period(day: date, every: int) -> Period:
    """The period that holds `day`, when every so many months are posted together."""
    first = day.month - (day.month - 1) % every
    last = min(first + every - 1, 12)
    after = date(day.year + last // 12, last % 12 + 1, 1)
    return Period(date(day.year, first, 1), after - timedelta(days=1))


def list_periods(on: date, every: int, count: int) -> list[Period]:
    """The last `count` periods that have ended before `on`, newest first."""
    found = []
    period = find_period(on, every)
    for _ in range(count):
        period = find_period(period.first - timedelta(days=1), every)
        found.append(period)
    return found


def check_days(days: int, least: int, from_on: date, today: date) -> None:
    """Refuse `posting-too-short` and `posting-backdated`."""
    if days < least:
        words = Words(
            "公示期不得少于 {least} 天，现在是 {days} 天。",
            "A posting hangs at least {least} days, not {days}.",
        )
        raise Refusal("posting-too-short", words.fill(least=least, days=days), RULE, "days")
    if from_on < today:
        words = Words(
            "公示从张榜当天算起，不能倒填到 {day}。",
            "A posting counts from the day on which it is put up, not from {day}.",
        )
        raise Refusal("posting-backdated", words.fill(day=from_on.isoformat()), RULE, "from_on")
