"""The State Council's yearly holiday notices, as the package chinesecalendar publishes them."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from functools import cache, lru_cache

from chinese_calendar import Holiday, holidays, workdays

from huiyin.kernel.words import Words
from huiyin.workdays.values import Day, Kind

_WORKDAY = Words("工作日", "Working day")
_WEEKEND = (Words("周六", "Saturday"), Words("周日", "Sunday"))
_NAMES = {
    holiday.value: Words(
        holiday.chinese + ("节" if holiday.chinese in {"清明", "端午", "中秋"} else ""), holiday.value
    )
    for holiday in Holiday
}
_MAKEUP = Words("{name}调休上班", "Make-up working day for {name}")

NOTICED = frozenset(on.year for on in holidays if on.month == 10)
"""The years with a notice. October tells: a notice may touch the end of the year before, never so far."""


@lru_cache(maxsize=4096)
def state_day(on: date) -> Day:
    """What the notices, or failing one the weekday, say of a date."""
    provisional = on.year not in NOTICED
    works, kind, name = _classify(on)
    return Day(on, works, name, kind, provisional)


def _classify(on: date) -> tuple[bool, Kind, Words]:
    if on in workdays:
        return True, "makeup", _MAKEUP.fill(name=_NAMES[workdays[on]])
    if on in holidays:
        return False, "holiday", _NAMES[holidays[on]]
    if on.weekday() > 4:
        return False, "weekend", _WEEKEND[on.weekday() - 5]
    return True, "workday", _WORKDAY


@lru_cache(maxsize=512)
def state_workdays(year: int) -> tuple[int, ...]:
    """The ordinals (`date.toordinal`) of a year's working days, rising."""
    first = date(year, 1, 1)
    dates = (first + timedelta(days=i) for i in range((date(year, 12, 31) - first).days + 1))
    return tuple(
        on.toordinal() for on in dates if on in workdays or (on.weekday() <= 4 and on not in holidays)
    )


@cache
def edition() -> str:
    """A short stable text that changes whenever the published notices change."""
    told = [f"{on}-{name}" for on, name in sorted(holidays.items())]
    told += [f"{on}+{name}" for on, name in sorted(workdays.items())]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:16]
