"""The arithmetic of an assembly (农村集体经济组织法 27, 28): laws that hold for any numbers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.economy.assemblies.rules import (
    check_matter,
    check_notice,
    check_seats,
    check_tally,
    need_of,
    reckon,
)
from huiyin.economy.assemblies.values import (
    ASSEMBLY,
    ASSEMBLY_ALONE,
    DELEGATES,
    MATTERS,
    PROXY,
    Bounds,
    Seat,
    Tally,
    Turnout,
)
from huiyin.kernel.refusals import Refusal

DAY = date(2026, 3, 20)
whole = st.integers(0, 3000)


def turnout(entitled=300, attended=300, notice=10, kind=ASSEMBLY):
    return Turnout(kind, DAY - timedelta(days=notice), DAY, entitled, attended)


@given(whole, st.integers(667, 1000))
def test_what_is_needed_is_never_less_than_exact_two_thirds(many, per_mille):
    need = need_of(many, per_mille)
    assert need * 3 >= many * 2
    assert need * 1000 >= many * per_mille or per_mille == 667
    assert need >= 1


def test_two_thirds_of_three_hundred_are_two_hundred_and_not_one_more():
    assert [need_of(many, 667) for many in (300, 301, 3, 1, 0)] == [200, 201, 2, 1, 1]


@given(
    entitled=whole, attended=whole, agreed=whole, notice=st.integers(0, 40),
    kind=st.sampled_from([ASSEMBLY, DELEGATES]), matter=st.sampled_from(sorted(MATTERS)),
)  # fmt: skip
def test_whatever_is_valid_keeps_every_demand_of_the_law(entitled, attended, agreed, notice, kind, matter):
    sums = reckon(turnout(entitled, attended, notice, kind), matter, Tally(agreed), Bounds())
    lawful = (
        notice >= 10
        and attended * 3 >= entitled * 2
        and agreed * 3 >= entitled * 2
        and 0 < agreed <= attended
        and not (kind == DELEGATES and (matter in ASSEMBLY_ALONE or entitled <= 20))
    )
    assert sums.valid == lawful
    assert all(line.rule.startswith("农村集体经济组织法 第2") for line in sums.lines)


@given(entitled=st.integers(1, 900), agreed=st.integers(0, 900))
def test_one_more_vote_for_it_never_makes_a_resolution_fail(entitled, agreed):
    agreed = min(agreed, entitled - 1)
    held = turnout(entitled, entitled)
    before, after = (reckon(held, "other", Tally(votes), Bounds()).valid for votes in (agreed, agreed + 1))
    assert after or not before


def test_two_thirds_of_those_present_are_not_two_thirds_of_all():
    sums = reckon(turnout(300, 210), "distribution", Tally(agreed=150, against=60), Bounds())
    assert [line.key for line in sums.lines if not line.met] == ["majority"]
    assert (sums.lines[-1].have, sums.lines[-1].need) == (150, 200)


def test_nine_days_of_notice_are_refused_with_the_article():
    check_notice(DAY - timedelta(days=10), DAY, Bounds())
    with pytest.raises(Refusal) as refused:
        check_notice(DAY - timedelta(days=9), DAY, Bounds())
    assert (refused.value.code, refused.value.rule) == ("notice-short", "农村集体经济组织法 第27条")


@pytest.mark.parametrize("matter", sorted(ASSEMBLY_ALONE))
def test_delegates_decide_nothing_that_is_the_assemblys_own(matter):
    check_matter(ASSEMBLY, matter)
    with pytest.raises(Refusal) as refused:
        check_matter(DELEGATES, matter)
    assert (refused.value.code, refused.value.rule) == ("assembly-alone", "农村集体经济组织法 第28条")


HOUSEHOLDS = {1: 10, 2: 10, 3: 10, 4: 10, 5: 10, 6: 20}


@pytest.mark.parametrize(
    ("seats", "code"),
    [
        ([Seat(6), Seat(1, PROXY, 6, "书")], "proxy-other-household"),
        ([Seat(2), Seat(1, PROXY, 2, " ")], "proxy-unwritten"),
        ([Seat(1, PROXY, 2, "书")], "proxy-absent"),
        ([Seat(2, PROXY, 3, "书"), Seat(3), Seat(1, PROXY, 2, "书")], "proxy-absent"),
        ([Seat(1, PROXY, 1, "书"), Seat(2)], "proxy-other-household"),
        ([Seat(1), *(Seat(member, PROXY, 1, "书") for member in (2, 3, 4, 5))], "too-many-proxies"),
        ([Seat(1), Seat(1)], "attends-twice"),
        ([Seat(7)], "not-entitled"),
        ([Seat(1), Seat(2, PROXY, 7, "书")], "proxy-other-household"),
    ],
)
def test_an_attendance_sheet_that_the_law_does_not_know_is_refused(seats, code):
    with pytest.raises(Refusal) as refused:
        check_seats(seats, HOUSEHOLDS, ASSEMBLY, Bounds())
    assert (refused.value.code, refused.value.rule) == (code, "农村集体经济组织法 第27条")


def test_a_written_proxy_of_the_same_household_counts_but_not_a_delegates():
    seats = [Seat(1), Seat(2, PROXY, 1, "委托书1号")]
    check_seats(seats, HOUSEHOLDS, ASSEMBLY, Bounds())
    with pytest.raises(Refusal, match="proxy-of-delegate"):
        check_seats(seats, HOUSEHOLDS, DELEGATES, Bounds())


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50), st.integers(0, 120))
def test_nobody_votes_twice(agreed, against, abstained, attended):
    tally = Tally(agreed, against, abstained)
    if tally.cast <= attended:
        check_tally(tally, attended)
    else:
        with pytest.raises(Refusal, match="bad-votes"):
            check_tally(tally, attended)
