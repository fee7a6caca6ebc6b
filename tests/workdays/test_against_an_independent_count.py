"""12,000 random clocks against a plain day-by-day count over the published notices."""

from __future__ import annotations

import calendar
import random
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from chinese_calendar import is_workday

from huiyin.workdays.api import Calendar, Limit, Pause, count_due

CHINA = ZoneInfo("Asia/Shanghai")
CLOSE = time(17, 30)
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
LONGEST = {"h": 600, "d": 90, "wd": 60, "mo": 3}


def count_by_hand(start: datetime, limits: list[Limit], pauses: list[Pause]) -> datetime:
    for limit in limits:
        start = (
            hours_by_hand(start, limit, pauses) if limit.unit == "h" else days_by_hand(start, limit, pauses)
        )
    return start


def hours_by_hand(start: datetime, limit: Limit, pauses: list[Pause]) -> datetime:
    now, left = start, limit.amount * 60
    while left:
        if not any(pause.since <= now < pause.until for pause in pauses):
            left -= 1
        now += MINUTE
    return now


def days_by_hand(start: datetime, limit: Limit, pauses: list[Pause]) -> datetime:
    def stands_still(on: date) -> bool:
        return any(pause.since < datetime.combine(on, CLOSE, CHINA) <= pause.until for pause in pauses)

    on, left = start.date(), limit.amount
    if limit.unit == "mo":
        left = (month_later(on, limit.amount) - on).days
    while left:
        on += DAY
        if not stands_still(on) and (limit.unit != "wd" or is_workday(on)):
            left -= 1
    while not is_workday(on) or stands_still(on):
        on += DAY
    return datetime.combine(on, CLOSE, CHINA)


def month_later(on: date, months: int) -> date:
    year, month = on.year, on.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return date(year, month, min(on.day, calendar.monthrange(year, month)[1]))


def random_start(dice: random.Random) -> datetime:
    days = (date(2026, 5, 31) - date(2019, 1, 1)).days
    return datetime(2019, 1, 1, tzinfo=CHINA) + DAY * dice.randint(0, days) + MINUTE * dice.randrange(24 * 60)


def random_limit(dice: random.Random, share: int = 1) -> Limit:
    unit = dice.choice(["h", "d", "wd", "mo"])
    return Limit(dice.randint(1, LONGEST[unit] // share), unit)


def random_pause(dice: random.Random, start: datetime) -> Pause:
    since = start + MINUTE * dice.randint(-3000, 30_000)
    return Pause(since, since + MINUTE * dice.choice([0, 1, 60, 1440, dice.randrange(8000)]), "补正")


def test_ten_thousand_limits_agree_with_a_count_by_hand():
    dice, china = random.Random(20260928), Calendar()  # noqa: S311 - a seeded test
    for _ in range(10_000):
        start, limit = random_start(dice), random_limit(dice)
        if limit.unit == "h":
            expected = start + timedelta(hours=limit.amount)
        else:
            expected = days_by_hand(start, limit, [])
        assert count_due(start, [limit], china).due_at == expected, (start, limit)


def test_two_thousand_clocks_with_pauses_and_extensions_agree_with_a_count_by_hand():
    dice, china = random.Random(19491001), Calendar()  # noqa: S311 - a seeded test
    for _ in range(2000):
        start = random_start(dice)
        limits = [random_limit(dice, share=3) for _ in range(dice.randint(1, 2))]
        pauses = [random_pause(dice, start) for _ in range(dice.randint(0, 4))]
        due = count_due(start, limits, china, pauses)
        assert due.due_at == count_by_hand(start, limits, pauses), (start, limits, pauses)
