"""Laws that hold for every start, limit and pause."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from huiyin.workdays.api import (
    Calendar,
    Limit,
    Pause,
    at_fraction,
    count_due,
    remaining_seconds,
    used_per_mille,
)

CALENDAR = Calendar()
MOST = {"h": 2000, "d": 200, "wd": 120, "mo": 12}
SECOND = timedelta(seconds=1)

starts = st.datetimes(datetime(2003, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - zone follows


def limits_in(*units: str):
    return st.sampled_from(units).flatmap(
        lambda unit: st.builds(Limit, st.integers(1, MOST[unit]), st.just(unit))
    )


any_limit = limits_in("h", "d", "wd", "mo")
in_days = limits_in("d", "wd", "mo")
chains = st.lists(any_limit, min_size=1, max_size=3)


@st.composite
def clocks(draw, limits=chains):
    start = draw(starts)
    minutes = st.tuples(st.integers(-5000, 200_000), st.integers(0, 40_000))
    pauses = [
        Pause(start + timedelta(minutes=since), start + timedelta(minutes=since + length), "补正")
        for since, length in draw(st.lists(minutes, max_size=4))
    ]
    return start, draw(limits), pauses


def due_at(start, limits, pauses=()) -> datetime:
    found = count_due(start, limits, CALENDAR, pauses).due_at
    assert found is not None
    return found


@given(clocks(), any_limit)
def test_an_extension_always_lengthens(clock, extension):
    start, limits, pauses = clock
    assert due_at(start, [*limits, extension], pauses) > due_at(start, limits, pauses)


@given(clocks())
def test_pauses_never_shorten(clock):
    start, limits, pauses = clock
    assert due_at(start, limits, pauses) >= due_at(start, limits)


@given(clocks(st.tuples(any_limit, limits_in("h", "d", "wd"))), clocks())
def test_one_more_pause_never_shortens(clock, other):
    """Months apart, as an extension in months is measured from the day on which it begins."""
    start, limits, pauses = clock
    more = [Pause(p.since - other[0] + start, p.until - other[0] + start, p.reason) for p in other[2][:1]]
    assert due_at(start, limits, [*pauses, *more]) >= due_at(start, limits, pauses)


@given(clocks())
def test_the_order_and_repetition_of_pauses_do_not_matter(clock):
    start, limits, pauses = clock
    assert due_at(start, limits, [*reversed(pauses), *pauses]) == due_at(start, limits, pauses)


@given(clocks(), st.integers(0, 10_000))
def test_what_happens_after_the_due_moment_does_not_matter(clock, minutes):
    start, limits, pauses = clock
    due = due_at(start, limits, pauses)
    later = Pause(due + timedelta(minutes=minutes), None, "挂账")
    assert due_at(start, limits, [*pauses, later]) == due


@given(clocks(st.lists(in_days, min_size=1, max_size=3)))
def test_limits_in_days_fall_due_at_the_close_of_a_working_day_that_is_not_paused(clock):
    start, limits, pauses = clock
    due = due_at(start, limits, pauses)
    assert due.time() == time(17, 30)
    assert CALENDAR.day(due.date()).works
    assert not any(pause.since < due <= pause.until for pause in pauses)


@given(clocks(st.lists(limits_in("d", "wd"), min_size=1, max_size=3)))
def test_the_days_that_count_are_as_many_as_the_limits_say(clock):
    start, limits, pauses = clock
    due = count_due(start, limits, CALENDAR, pauses)
    assert sum(day.counted for day in due.days) == sum(limit.amount for limit in limits)


@given(clocks())
def test_every_date_from_start_to_due_is_explained_once(clock):
    due = count_due(*clock[:2], CALENDAR, clock[2])
    dates = [day.on for day in due.days]
    assert dates == [dates[0] + timedelta(days=i) for i in range(len(dates))]
    assert due.due_at is not None
    assert (dates[0], dates[-1]) == (due.started_at.date(), due.due_at.date())
    assert all(day.why.zh and day.why.en for day in due.days)


@given(clocks(st.lists(in_days, min_size=1, max_size=2)))
def test_the_start_day_is_not_counted(clock):
    first = count_due(*clock[:2], CALENDAR, clock[2]).days[0]
    assert (first.counted, first.code) == (False, "start")


@given(clocks())
def test_an_open_pause_leaves_nothing_to_say_or_changes_nothing(clock):
    start, limits, pauses = clock
    opened = Pause(start + timedelta(days=3), None, "挂账")
    due = count_due(start, limits, CALENDAR, [*pauses, opened])
    before = due_at(start, limits, pauses)
    assert due.due_at == (before if before <= opened.since else None)
    assert due.days[-1].on <= max(before, opened.since + timedelta(days=1)).astimezone(CALENDAR.tzinfo).date()


@given(clocks(), st.integers(0, 1000), st.integers(0, 1000))
def test_shares_of_the_time_are_reached_in_order(clock, one, other):
    due = count_due(*clock[:2], CALENDAR, clock[2])
    low, high = (at_fraction(due, share) for share in sorted((one, other)))
    assert due.due_at is not None
    assert low is not None
    assert high is not None
    assert due.started_at <= low <= high <= due.due_at


@given(clocks(), st.integers(1, 1000))
def test_a_share_is_used_from_its_moment_on_and_not_before(clock, share):
    due = count_due(*clock[:2], CALENDAR, clock[2])
    moment = at_fraction(due, share)
    assert moment is not None
    assert used_per_mille(due, moment) == share
    assert used_per_mille(due, moment - SECOND) < share


@given(clocks(), st.integers(-100_000, 600_000))
def test_the_share_used_lies_between_nothing_and_all(clock, minutes):
    due = count_due(*clock[:2], CALENDAR, clock[2])
    now = due.started_at.astimezone(UTC) + timedelta(minutes=minutes)
    used = used_per_mille(due, now)
    assert 0 <= used <= 1000
    assert due.due_at is not None
    assert (used == 1000) == (now >= due.due_at)
    assert (remaining_seconds(due, now) < 0) == (now > due.due_at)
