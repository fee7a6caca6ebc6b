"""How much of a limit is used, in plain cases."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from huiyin.workdays.api import (
    Calendar,
    Due,
    Limit,
    Pause,
    Uncountable,
    at_fraction,
    count_due,
    remaining_seconds,
    used_per_mille,
)

CHINA = ZoneInfo("Asia/Shanghai")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


def count(start: str, *limits: str, pauses=()) -> Due:
    return count_due(at(start), [Limit.parse(limit) for limit in limits], Calendar(), pauses)


def test_half_of_two_hours_is_one_hour_without_the_pause():
    due = count(
        "2026-10-12T10:00", "2h", pauses=[Pause(at("2026-10-12T10:30"), at("2026-10-12T12:30"), "补正")]
    )
    assert at_fraction(due, 500) == at("2026-10-12T13:00")
    assert used_per_mille(due, at("2026-10-12T11:00")) == 250


def test_half_of_two_working_days_over_a_weekend_is_friday_at_close():
    due = count("2026-10-15T10:00", "2wd")
    assert at_fraction(due, 500) == at("2026-10-16T17:30")
    assert used_per_mille(due, at("2026-10-18T12:00")) == 500
    assert at_fraction(due, 750) == at("2026-10-19T05:30")


def test_nothing_is_used_on_the_day_of_the_event_before_its_close():
    due = count("2026-10-12T10:00", "1wd")
    assert used_per_mille(due, at("2026-10-12T17:30")) == 0
    assert used_per_mille(due, at("2026-10-13T05:30")) == 500


def test_an_event_after_the_close_begins_its_own_window():
    due = count("2026-10-12T21:30", "1wd")
    assert used_per_mille(due, at("2026-10-13T07:30")) == 500


def test_a_last_day_that_moved_uses_its_time_on_the_day_to_which_it_moved():
    due = count("2026-10-14T10:00", "3d")
    assert due.due_at == at_fraction(due, 1000) == at("2026-10-19T17:30")
    assert used_per_mille(due, at("2026-10-18T12:00")) == 666


def test_a_late_clock_is_wholly_used_and_its_remainder_negative():
    due = count("2026-10-12T10:00", "1wd")
    assert used_per_mille(due, at("2026-10-14T10:00")) == 1000
    assert remaining_seconds(due, at("2026-10-13T17:31")) == -60
    assert remaining_seconds(due, at("2026-10-13T17:29")) == 60


def test_under_an_open_pause_the_clock_reads_as_if_it_resumed_now():
    due = count("2026-10-12T17:30", "2wd", pauses=[Pause(at("2026-10-13T17:30"), None, "补正")])
    assert at_fraction(due, 500) is None
    assert used_per_mille(due, at("2026-10-14T10:00")) == 500
    assert used_per_mille(due, at("2026-10-22T17:30")) == 500
    assert remaining_seconds(due, at("2026-10-22T17:30")) == 24 * 3600


def test_a_share_beyond_the_whole_is_refused():
    with pytest.raises(Uncountable):
        at_fraction(count("2026-10-12T10:00", "1wd"), 1001)
