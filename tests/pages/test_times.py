"""How times are said."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.pages import times

NOW = datetime(2026, 11, 21, 2, 24, tzinfo=UTC)


def test_times_are_on_the_countys_clock():
    assert times.write_moment(NOW, NOW) == "11-21 10:24"
    assert times.write_day(datetime(2026, 11, 20, 16, 0, tzinfo=UTC), NOW) == "11-21"


def test_another_year_is_named():
    assert times.write_moment(datetime(2025, 11, 21, 2, 24, tzinfo=UTC), NOW) == "2025-11-21 10:24"
    assert times.write_day(date(2025, 1, 2), NOW) == "2025-01-02"


def test_the_new_year_begins_at_midnight_in_the_county_not_in_london():
    new_year = datetime(2026, 12, 31, 16, 0, tzinfo=UTC)
    assert times.write_moment(new_year, new_year) == "01-01 00:00"


@pytest.mark.parametrize(
    ("minutes", "zh", "en"),
    [
        (3240, "2天6时", "2d 6h"),
        (2880, "2天", "2d"),
        (70, "1时10分", "1h 10m"),
        (61, "1时01分", "1h 01m"),
        (57, "57分", "57m"),
        (0, "0分", "0m"),
    ],
)
def test_short_lengths(minutes, zh, en):
    said = times.say_short(timedelta(minutes=minutes))
    assert (said.zh, said.en) == (zh, en)


@pytest.mark.parametrize(
    ("minutes", "zh", "en"),
    [
        (3240, "2 天 6 小时", "2d 6h"),
        (335, "5 小时 35 分", "5h 35m"),
        (300, "5 小时", "5h"),
        (34, "34 分钟", "34 min"),
        (0, "不到 1 分钟", "under a minute"),
    ],
)
def test_whole_lengths(minutes, zh, en):
    said = times.say_length(timedelta(minutes=minutes))
    assert (said.zh, said.en) == (zh, en)


def test_a_neighbour_says_yesterday_and_tomorrow():
    assert times.say_moment(NOW - timedelta(days=1), NOW).zh == "昨天 10:24"
    assert times.say_moment(NOW, NOW).en == "today 10:24"
    assert times.say_moment(NOW + timedelta(days=1), NOW).zh == "明天 11 月 22 日 10:24"
    assert times.say_moment(NOW + timedelta(days=1), NOW).en == "tomorrow 22 Nov, 10:24"
    assert times.say_day(date(2027, 1, 3), NOW).zh == "2027 年 1 月 3 日"


def test_weekdays_have_names():
    assert times.say_weekday(date(2026, 11, 21)).zh == "星期六"


@given(st.timedeltas(timedelta(days=-400), timedelta(days=400)))
def test_the_sign_of_a_length_does_not_change_its_words(length):
    assert times.say_short(length) == times.say_short(-length)
    assert times.say_length(length) == times.say_length(-length)
