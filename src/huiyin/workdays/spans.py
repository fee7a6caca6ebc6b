"""Counting: when one limit, begun at one moment, is due."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from huiyin.workdays.calendars import LAST_ORDINAL, Calendar
from huiyin.workdays.stillness import FOREVER, Stillness
from huiyin.workdays.values import LAST_YEAR, Limit, past_the_years


@dataclass(frozen=True, slots=True)
class Span:
    """One limit as counted: when it began and when it is due, in the calendar's zone.

    `due_at` is `None` when an open pause keeps the limit from running out. `turn` is 0 for the base limit and
    n for the n-th extension.
    """

    limit: Limit
    turn: int
    started_at: datetime
    due_at: datetime | None
    provisional: bool


def count_span(limit: Limit, turn: int, start: datetime, calendar: Calendar, still: Stillness) -> Span:
    """Count one limit from a moment in the calendar's zone."""
    if limit.unit == "h":
        return Span(limit, turn, start, _count_hours(limit.amount, start, calendar, still), provisional=False)
    first = start.toordinal() + 1
    last = _find_last_day(limit, start, calendar, still)
    if last is None:
        return Span(limit, turn, start, None, provisional=False)
    # Where a limit in days or months ends depends on the calendar only by its last day.
    asked_from = first if limit.unit == "wd" else first + count_days(limit, start) - 1
    return Span(limit, turn, start, calendar.closing(last), _is_provisional(asked_from, last, calendar))


def _count_hours(amount: int, start: datetime, calendar: Calendar, still: Stillness) -> datetime | None:
    left = timedelta(hours=amount)
    for since, until in still.list_runs(start):
        if until is None or left <= until - since:
            return _reach(since, left, calendar)
        left -= until - since
    return None


def _reach(since: datetime, left: timedelta, calendar: Calendar) -> datetime:
    try:
        due = (since.astimezone(UTC) + left).astimezone(calendar.tzinfo)
    except OverflowError as error:
        raise past_the_years() from error
    if due.year > LAST_YEAR:
        raise past_the_years()
    return due


def _find_last_day(limit: Limit, start: datetime, calendar: Calendar, still: Stillness) -> int | None:
    if limit.unit == "wd":
        return _pass_workdays(start.toordinal(), limit.amount, calendar, still)
    last = _pass_days(start.toordinal(), count_days(limit, start), still)
    if last is None or calendar.works(last):
        return last
    return _pass_workdays(last, 1, calendar, still)


def _pass_workdays(after: int, amount: int, calendar: Calendar, still: Stillness) -> int | None:
    """The `amount`-th unpaused working day after a date; `None` when an open pause comes before it."""
    for first, last in still.gaps:
        if last <= after:
            continue
        if calendar.find_workday(after, amount) < first:
            break
        if last == FOREVER:
            return None
        amount -= len(calendar.list_workdays(after + 1, first - 1))
        after = last
    return calendar.find_workday(after, amount)


def _pass_days(after: int, amount: int, still: Stillness) -> int | None:
    """The `amount`-th unpaused date after a date; `None` when an open pause comes before it."""
    for first, last in still.gaps:
        if last <= after:
            continue
        if after + amount < first:
            break
        if last == FOREVER:
            return None
        amount -= max(0, first - 1 - after)
        after = last
    if after + amount > LAST_ORDINAL:
        raise past_the_years()
    return after + amount


def count_days(limit: Limit, start: datetime) -> int:
    """How many dates a limit in days or months counts after the date of its start (民法典 202)."""
    if limit.unit == "d":
        return limit.amount
    return _add_months(start.date(), limit.amount).toordinal() - start.toordinal()


def _add_months(on: date, months: int) -> date:
    years, month = divmod(on.month - 1 + months, 12)
    if on.year + years > LAST_YEAR:
        raise past_the_years()
    year, month = on.year + years, month + 1
    return date(year, month, min(on.day, monthrange(year, month)[1]))


def _is_provisional(first: int, last: int, calendar: Calendar) -> bool:
    years = range(date.fromordinal(first).year, date.fromordinal(last).year + 1)
    return not all(map(calendar.is_settled, years))
