"""The badge of time left."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from huiyin.pages.badges import Kind, make_badge

NOW = datetime(2026, 11, 21, 2, 24, tzinfo=UTC)
lengths = st.timedeltas(timedelta(days=-400), timedelta(days=400))


def badge_with(left: timedelta, used: int | None = 0, **more: object):
    return make_badge(
        NOW + left, NOW - timedelta(days=5), used, more.pop("paused", False), more.pop("closed_at", None), NOW
    )


def test_a_limit_passed_by_two_days_and_six_hours_says_so():
    badge = badge_with(timedelta(days=-2, hours=-6))
    assert (badge.kind, badge.words.zh, badge.words.en) == (Kind.LATE, "超 2天6时", "2d 6h over")
    assert badge.per_mille == 1000
    assert badge.icon == "triangle-alert"


def test_under_four_hours_is_soon():
    assert badge_with(timedelta(minutes=57)).words.zh == "剩 57分"
    assert badge_with(timedelta(hours=3, minutes=59)).kind is Kind.SOON
    assert badge_with(timedelta(hours=4)).kind is Kind.PLAIN


def test_under_fifteen_per_cent_is_soon_even_when_days_are_left():
    assert badge_with(timedelta(days=3), 851).kind is Kind.SOON
    assert badge_with(timedelta(days=3), 850).kind is Kind.PLAIN


def test_the_moment_of_the_limit_is_still_in_time():
    assert badge_with(timedelta(0)).kind is Kind.SOON
    assert badge_with(timedelta(microseconds=-1)).kind is Kind.LATE


def test_a_paused_clock_says_how_much_is_left():
    assert badge_with(timedelta(hours=10, minutes=49), paused=True).words.zh == "停 10时49分"
    assert make_badge(None, None, None, True, None, NOW).words.zh == "停"


def test_a_closed_case_says_whether_it_was_in_time():
    assert badge_with(timedelta(days=1), closed_at=NOW).words.zh == "办结"
    assert badge_with(timedelta(days=-1), closed_at=NOW).words.zh == "超时办结"


def test_without_a_limit_there_is_nothing_to_count():
    assert make_badge(None, None, None, False, None, NOW).kind is Kind.NONE


def test_without_a_count_the_plain_time_is_shared_out():
    badge = make_badge(NOW + timedelta(days=5), NOW - timedelta(days=5), None, False, None, NOW)
    assert badge.per_mille == 500


@given(lengths, st.integers(-500, 3000), st.booleans(), st.booleans())
def test_every_badge_has_words_in_both_languages_and_a_share_within_bounds(left, used, paused, closed):
    badge = badge_with(left, used, paused=paused, closed_at=NOW if closed else None)
    assert badge.words.zh
    assert badge.words.en
    assert 0 <= badge.per_mille <= 1000


@given(lengths)
def test_a_running_clock_is_late_exactly_after_its_limit(left):
    assert (badge_with(left).kind is Kind.LATE) == (left < timedelta(0))
