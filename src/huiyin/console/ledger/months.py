"""A year of the working calendar as twelve grids of weeks."""

from __future__ import annotations

from calendar import Calendar as Weeks
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from huiyin.register.api import DayOverride
from huiyin.workdays.api import Calendar, Day


@dataclass(frozen=True, slots=True)
class Cell:
    """One date of a month; `own` is the county's own ruling of it, if there is one."""

    day: Day
    own: DayOverride | None
    today: bool


@dataclass(frozen=True, slots=True)
class Month:
    """One month: weeks from Monday on (None lies outside it), its working days, and its days with a name."""

    number: int
    weeks: Sequence[Sequence[Cell | None]]
    workdays: int
    named: Sequence[Cell]


def make_months(year: int, calendar: Calendar, own: Mapping[date, DayOverride], today: date) -> list[Month]:
    """The twelve months of a year."""
    return [_make_month(year, number, calendar, own, today) for number in range(1, 13)]


def _make_month(
    year: int, number: int, calendar: Calendar, own: Mapping[date, DayOverride], today: date
) -> Month:
    cells = {
        on: Cell(calendar.day(on), own.get(on), on == today)
        for on in (date(year, number, at) for at in range(1, monthrange(year, number)[1] + 1))
    }
    weeks = [
        [cells[date(year, number, at)] if at else None for at in week]
        for week in Weeks().monthdayscalendar(year, number)
    ]
    worked = sum(cell.day.works for cell in cells.values())
    named = [cell for cell in cells.values() if cell.day.kind in {"holiday", "makeup"} or cell.own]
    return Month(number, weeks, worked, named)
