"""A year of the working calendar as twelve grids of weeks."""

from __future__ import annotations

from calendar import Calendar as Weeks
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from huiyin.kernel.words import Words
from huiyin.register.api import DayOverride
from huiyin.workdays.api import Calendar, Day


@dataclass(frozen=True, slots=True)
class Cell:
    """One date of a month; `own` is the county's own ruling of it, if there is one."""

    day: Day
    own: DayOverride | None
    today: bool


@dataclass(frozen=True, slots=True)
class Named:
    """Days in a row that carry the same name, by their numbers in the month."""

    first: int
    last: int
    name: Words


@dataclass(frozen=True, slots=True)
class Month:
    """One month: weeks from Monday on (None lies outside it), its working days, and its days with a name."""

    number: int
    weeks: Sequence[Sequence[Cell | None]]
    workdays: int
    named: Sequence[Named]


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
    return Month(number, weeks, worked, _join_named(cells.values()))


def _join_named(cells: Iterable[Cell]) -> list[Named]:
    """Holidays, make-up days and the county's own days; neighbours of one name as one."""
    found: list[Named] = []
    for cell in cells:
        if not cell.own and cell.day.kind not in {"holiday", "makeup"}:
            continue
        at, name = cell.day.on.day, cell.day.name
        if found and found[-1].name == name and found[-1].last == at - 1:
            found[-1] = replace(found[-1], last=at)
        else:
            found.append(Named(at, at, name))
    return found
