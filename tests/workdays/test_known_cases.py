"""Due dates worked out by hand from the notices and the Civil Code."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from huiyin.kernel.words import Words
from huiyin.workdays.api import Calendar, DayRule, Limit, Pause, Uncountable, count_due

CHINA = ZoneInfo("Asia/Shanghai")
CALENDAR = Calendar()


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


def pause(since: str, until: str | None, reason: str = "等待申请人补正") -> Pause:
    return Pause(at(since), at(until) if until else None, reason)


def due(start: str, *limits: str, pauses=(), calendar=CALENDAR) -> str | None:
    found = count_due(at(start), [Limit.parse(limit) for limit in limits], calendar, pauses).due_at
    return found.isoformat(timespec="minutes")[:16] if found else None


@pytest.mark.parametrize(
    ("start", "limit", "expected"),
    [
        ("2026-09-28T10:00", "5wd", "2026-10-10T17:30"),  # over National Day; Saturday the 10th is worked
        ("2026-09-18T16:00", "1wd", "2026-09-20T17:30"),  # a make-up Sunday before the holiday
        ("2026-09-19T10:00", "1wd", "2026-09-20T17:30"),  # an event on a Saturday
        ("2026-10-09T23:59", "1wd", "2026-10-10T17:30"),
        ("2026-09-28T10:00", "3d", "2026-10-08T17:30"),  # day 3 is 1 October: moves to the 8th
        ("2026-06-11T08:00", "7d", "2026-06-18T17:30"),
        ("2026-06-13T08:00", "7d", "2026-06-22T17:30"),  # day 7 is a Saturday of Dragon Boat Festival
        ("2026-10-03T08:00", "7d", "2026-10-10T17:30"),  # day 7 is a make-up Saturday: it is worked
        ("2026-01-31T10:00", "1mo", "2026-02-28T17:30"),  # no 31 February; the 28th is a make-up Saturday
        ("2024-01-31T10:00", "1mo", "2024-02-29T17:30"),  # leap year
        ("2025-12-31T10:00", "2mo", "2026-02-28T17:30"),
        ("2026-03-31T10:00", "1mo", "2026-04-30T17:30"),
        ("2026-08-01T10:00", "2mo", "2026-10-08T17:30"),  # 1 October
        ("2026-09-30T23:00", "2h", "2026-10-01T01:00"),  # hours run through the holiday
        ("2026-09-30T10:00", "24h", "2026-10-01T10:00"),
    ],
)
def test_a_limit_is_due_as_the_notice_and_the_code_say(start, limit, expected):
    assert due(start, limit) == expected


def test_an_extension_is_counted_after_the_last_day_of_the_limit():
    assert due("2026-09-28T10:00", "5wd", "5wd") == "2026-10-16T17:30"
    assert due("2026-09-28T10:00", "5wd", "5wd") == due("2026-09-28T10:00", "10wd")


def test_extensions_may_have_another_unit():
    assert due("2026-09-28T10:00", "5wd", "2h") == "2026-10-10T19:30"
    assert due("2026-09-28T10:00", "24h", "1wd") == "2026-09-30T17:30"
    assert due("2026-09-28T10:00", "3d", "1mo") == "2026-11-09T17:30"


def test_a_day_paused_at_its_close_is_not_counted():
    stop = pause("2026-10-12T17:00", "2026-10-13T09:00")
    assert due("2026-10-09T10:00", "3wd", pauses=[stop]) == "2026-10-14T17:30"


def test_a_pause_within_one_day_moves_no_limit_in_days():
    stop = pause("2026-10-12T09:00", "2026-10-12T17:00")
    assert due("2026-10-09T10:00", "3wd", pauses=[stop]) == due("2026-10-09T10:00", "3wd")


def test_a_pause_from_close_to_close_costs_exactly_one_day():
    stop = pause("2026-10-12T17:30", "2026-10-13T17:30")
    assert due("2026-10-11T10:00", "3wd", pauses=[stop]) == "2026-10-15T17:30"


def test_hours_are_pushed_by_the_exact_length_of_the_pauses():
    stops = [pause("2026-10-12T10:30", "2026-10-12T10:50"), pause("2026-10-12T10:40", "2026-10-12T11:07")]
    assert due("2026-10-12T10:00", "2h", pauses=stops) == "2026-10-12T12:37"


def test_months_are_pushed_by_the_days_paused_and_then_roll():
    stop = pause("2026-03-02T09:00", "2026-03-05T09:00")
    assert due("2026-02-27T09:00", "1mo") == "2026-03-27T17:30"
    assert due("2026-02-27T09:00", "1mo", pauses=[stop]) == "2026-03-30T17:30"


def test_nothing_can_be_said_while_a_pause_is_open():
    for limit in ("3wd", "3d", "1mo", "72h"):
        assert due("2026-10-12T10:00", limit, pauses=[pause("2026-10-13T10:00", None)]) is None


def test_a_limit_that_ran_out_before_the_open_pause_stands():
    late = [pause("2026-10-15T17:30", None)]
    assert due("2026-10-12T10:00", "3wd", pauses=late) == "2026-10-15T17:30"
    assert due("2026-10-12T10:00", "3wd", "1wd", pauses=late) is None
    assert due("2026-10-12T10:00", "2h", pauses=[pause("2026-10-12T12:00", None)]) == "2026-10-12T12:00"


def test_a_roll_never_lands_on_a_paused_day():
    stop = pause("2026-10-18T09:00", "2026-10-20T09:00")
    assert due("2026-10-14T09:00", "3d") == "2026-10-19T17:30"
    assert due("2026-10-14T09:00", "3d", pauses=[stop]) == "2026-10-20T17:30"


def test_days_are_those_of_the_calendars_zone():
    found = count_due(datetime(2026, 10, 12, 17, tzinfo=UTC), [Limit(1, "wd")], CALENDAR)
    assert found.started_at.isoformat() == "2026-10-13T01:00:00+08:00"
    assert found.due_at is not None
    assert found.due_at.isoformat() == "2026-10-14T17:30:00+08:00"


def test_the_close_of_business_is_a_setting():
    assert due("2026-10-12T10:00", "1wd", calendar=Calendar(close=time(18))) == "2026-10-13T18:00"


def test_an_override_moves_the_due_date():
    county_day = DayRule(date(2026, 10, 13), False, Words("县庆", "County day"), "县政府通知")
    assert (
        due("2026-10-12T10:00", "1wd", calendar=Calendar({county_day.on: county_day})) == "2026-10-14T17:30"
    )


def test_a_count_that_leans_on_a_year_without_notice_is_provisional():
    def is_provisional(start: str, limit: str, calendar: Calendar = CALENDAR) -> bool:
        return count_due(at(start), [Limit.parse(limit)], calendar).provisional

    assert is_provisional("2049-12-30T10:00", "5wd")
    assert not is_provisional("2049-12-30T10:00", "5h")
    assert not is_provisional("2026-10-12T10:00", "5wd")
    assert is_provisional("2003-12-30T10:00", "1wd")
    assert not is_provisional("2003-12-31T10:00", "1wd")  # the first day that counts has a notice
    assert not is_provisional("2050-12-20T10:00", "5wd", Calendar(announced=frozenset({2050})))


@pytest.mark.parametrize(
    "start",
    [
        datetime(1899, 12, 31, tzinfo=UTC),
        datetime(1, 1, 1, tzinfo=CHINA),
        datetime(9999, 1, 1, tzinfo=UTC),
        datetime.max.replace(tzinfo=UTC),
        datetime(9998, 12, 31, 20, tzinfo=UTC),  # already 9999 in the calendar's zone
        datetime(2026, 1, 1),  # noqa: DTZ001 - a moment without a zone is what is refused
    ],
)
@pytest.mark.parametrize("limit", ["1h", "1d", "1wd", "1mo"])
def test_a_start_that_cannot_be_counted_from_is_refused_in_plain_words(start, limit):
    with pytest.raises(Uncountable, match=r"年|时区"):
        count_due(start, [Limit.parse(limit)], CALENDAR)


@pytest.mark.parametrize("limit", ["10000h", "10000d", "10000wd", "10000mo", "1wd", "1d"])
def test_a_limit_that_ends_past_the_years_is_refused_in_plain_words(limit):
    with pytest.raises(Uncountable, match="年"):
        count_due(at("9998-12-31T10:00"), [Limit.parse(limit)], CALENDAR)


@pytest.mark.parametrize("limit", ["10000h", "10000d", "10000wd", "10000mo"])
def test_the_longest_limits_can_be_counted(limit):
    assert due("2026-01-05T10:00", limit)


def test_a_calendar_without_working_days_is_refused():
    first = date(2026, 1, 1)
    rest = Words("停工", "Closed")
    never = {on: DayRule(on, False, rest, "") for on in (first + timedelta(days=i) for i in range(41_000))}
    with pytest.raises(Uncountable, match="工作日"):
        count_due(at("2026-01-05T10:00"), [Limit(1, "wd")], Calendar(never))


def test_a_count_without_a_limit_and_a_pause_turned_round_are_refused():
    with pytest.raises(Uncountable):
        count_due(at("2026-01-05T10:00"), [], CALENDAR)
    with pytest.raises(Uncountable):
        pause("2026-01-05T10:00", "2026-01-05T09:00")
