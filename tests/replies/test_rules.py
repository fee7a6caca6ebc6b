"""What follows from a check: which moves answer, when a reason is asked, which replies the centre reads."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.kernel.refusals import Refusal
from huiyin.language.api import check_reply
from huiyin.process.api import list_shipped
from huiyin.replies.rules import choose_sample, demand_reason, is_answering, refuse_unless_fit
from huiyin.replies.values import Rules

MATTER = "路灯不亮"
POOR = check_reply("您好，已转有关部门处理。", MATTER)
WEAK = check_reply("电缆已更换，新民路路灯全部亮了，三天内又看过两次。", MATTER)
GOOD = check_reply(
    "您好，新民路路灯不亮是电缆老化，3月5日已到现场更换，当晚亮灯。按《路灯管护办法》第三条每月巡查。再现请拨打0999-5301111。",
    MATTER,
)
ON = date(2026, 3, 4)


def process(key):
    return next(one for one in list_shipped() if one.key == key)


@pytest.mark.parametrize(
    ("key", "answering"),
    [
        ("hotline", {"answer", "answer_at_once", "show_way", "refuse_repeat", "explain"}),
        ("enterprise", {"answer", "answer_at_once", "show_way", "refuse_repeat", "explain"}),
        ("scan", {"answer", "answer_at_once", "show_way", "refuse_repeat", "explain"}),
        ("through-train", {"feedback", "answer_at_once", "show_way", "refuse_repeat", "explain"}),
    ],
)
def test_the_moves_that_answer_are_found_in_any_process(key, answering):
    one = process(key)
    assert {move.key for move in one.moves.values() if is_answering(one, move)} == answering


def test_the_three_bands_are_three():
    lines = Rules().lines
    assert [lines.find_band(one) for one in (POOR, WEAK, GOOD)] == ["poor", "weak", "good"]


def test_a_weak_reply_needs_a_reason_unless_the_county_waives_it():
    assert [demand_reason(one, Rules()) for one in (POOR, WEAK, GOOD)] == [True, True, False]
    assert [demand_reason(one, Rules(weak_reason=False)) for one in (POOR, WEAK, GOOD)] == [
        True,
        False,
        False,
    ]
    refuse_unless_fit(GOOD, "", Rules())
    refuse_unless_fit(WEAK, "当面说过", Rules())
    refuse_unless_fit(WEAK, "", Rules(weak_reason=False))
    with pytest.raises(Refusal) as told:
        refuse_unless_fit(WEAK, " ", Rules())
    assert (told.value.code, told.value.field) == ("reply-weak", "reply")


def test_a_poor_reply_goes_with_a_reason_or_where_the_county_says_so_not_at_all():
    refuse_unless_fit(POOR, "当面说过", Rules())
    with pytest.raises(Refusal) as told:
        refuse_unless_fit(POOR, "当面说过", Rules(poor_refused=True))
    assert told.value.code == "reply-poor"


def test_what_is_not_good_is_always_read():
    assert {choose_sample(one, 7, 3, ON, Rules(share=0)) for one in (POOR, WEAK)} == {"weak"}
    assert choose_sample(GOOD, 7, 3, ON, Rules(share=0)) == ""
    assert choose_sample(GOOD, 7, 3, ON, Rules(share=1000)) == "share"
    assert choose_sample(GOOD, 7, 3, ON, Rules(share=0, unit_shares={3: 1000})) == "share"
    assert choose_sample(GOOD, 7, 4, ON, Rules(share=0, unit_shares={3: 1000})) == ""


@given(case=st.integers(1, 2**40), share=st.integers(0, 1000))
def test_the_draw_is_the_same_again_and_a_larger_share_draws_no_fewer(case, share):
    drawn = choose_sample(GOOD, case, None, ON, Rules(share=share))
    assert drawn == choose_sample(GOOD, case, None, ON, Rules(share=share))
    if drawn:
        assert choose_sample(GOOD, case, None, ON, Rules(share=1000))


def test_about_the_share_that_is_set_is_drawn():
    drawn = sum(bool(choose_sample(GOOD, case, None, ON, Rules(share=100))) for case in range(4000))
    assert 320 < drawn < 480


def test_rules_survive_their_row():
    rules = Rules(60, 30, 10, False, True, {4: 200})
    assert Rules.of(rules.tell()) == rules
    assert Rules.of({}) == Rules()
