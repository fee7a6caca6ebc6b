"""The arithmetic of co-operatives: to the fen, by the law's parts, whatever the members."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiyin.economy.cooperatives.rules import (
    check_extra,
    check_members,
    check_parts,
    judge,
    limit_extra,
    list_due_days,
    propose_extra,
    reckon,
    split,
)
from huiyin.economy.cooperatives.values import PATTERNS, Holder, NewPart, Terms, Votes
from huiyin.kernel.refusals import Refusal

unhurried = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
FEN = st.integers(0, 10**12)
WEIGHTS = st.dictionaries(st.integers(1, 60), st.integers(0, 10**10), min_size=1, max_size=12)
HOLDERS = st.lists(
    st.builds(Holder, st.integers(1, 10**6), FEN, FEN, FEN, FEN),
    min_size=1,
    max_size=10,
    unique_by=lambda one: one.number,
).filter(lambda held: sum(one.volume for one in held) > 0)
TERMS = st.builds(
    Terms, st.integers(1, 10**13), st.just(0), st.integers(0, 900), st.integers(600, 1000)
).filter(lambda terms: terms.surplus * (1000 - terms.reserve_per_mille) >= 1000)


@unhurried
@given(FEN, WEIGHTS)
def test_parts_add_up_and_whoever_has_more_gets_no_less(whole, weights):
    parts = split(whole, weights)
    assert sum(parts.values()) == (whole if sum(weights.values()) else 0)
    ranked = sorted(weights, key=lambda key: weights[key])
    assert all(
        parts[less] <= parts[more] + (weights[less] == weights[more]) for less, more in pairwise(ranked)
    )


@unhurried
@given(TERMS, HOLDERS)
def test_a_surplus_adds_up_to_the_fen_and_the_law_s_part_goes_by_volume(terms, holders):
    plan = reckon(terms, holders)
    parts = plan.parts.values()
    assert terms.surplus == plan.reserve + sum(one.paid for one in parts)
    assert plan.distributable == plan.by_volume + plan.by_rest
    assert plan.by_volume * 1000 >= plan.distributable * terms.volume_per_mille
    assert sum(one.by_volume for one in parts) == plan.by_volume
    assert sum(one.new_reserve for one in parts) == plan.reserve


@unhurried
@given(TERMS, HOLDERS, st.randoms())
def test_the_order_of_members_changes_nothing(terms, holders, random):
    shuffled = list(holders)
    random.shuffle(shuffled)
    assert reckon(terms, holders) == reckon(terms, shuffled)


def test_losses_come_first_then_the_reserve_then_volume_then_the_rest():
    holders = [Holder(1, 60_000, 50_000, 10_000, 5_000), Holder(2, 40_000, 150_000, 0, 5_000)]
    plan = reckon(Terms(1_200_000, 200_000, 100, 600), holders)
    assert (plan.reserve, plan.distributable, plan.by_volume, plan.by_rest) == (
        100_000,
        900_000,
        540_000,
        360_000,
    )
    first, second = plan.parts[1], plan.parts[2]
    assert (first.by_volume, second.by_volume) == (324_000, 216_000)
    assert first.by_contribution + first.by_reserve + first.by_grant == 106_364  # 65 of 220 thousand
    assert first.paid + second.paid == 900_000


def test_without_a_surplus_after_losses_nothing_is_distributed_article_44():
    with pytest.raises(Refusal) as refused:
        reckon(Terms(100_000, 100_000, 0, 600), [Holder(1, 1, 1)])
    assert refused.value.code == "nothing-to-distribute"
    assert "第44条" in refused.value.rule


def test_without_trade_nothing_can_go_back_by_volume_article_44():
    with pytest.raises(Refusal) as refused:
        reckon(Terms(100_000, 0, 0, 600), [Holder(1, 0, 100)])
    assert refused.value.code == "no-volume"
    assert "第44条" in refused.value.rule


def test_four_of_five_members_are_farmers_article_20():
    check_members(20, 1, 25, 800)
    with pytest.raises(Refusal) as refused:
        check_members(19, 1, 24, 800)
    assert refused.value.code == "too-few-farmers"
    assert "第20条" in refused.value.rule


def test_up_to_twenty_members_one_is_an_organisation_then_a_twentieth_article_20():
    check_members(19, 1, 20, 800)
    check_members(38, 2, 40, 800)
    for farmers, entities, total in ((18, 2, 20), (36, 2, 38)):
        with pytest.raises(Refusal) as refused:
            check_members(farmers, entities, total, 800)
        assert refused.value.code == "too-many-entities"
        assert "第20条" in refused.value.rule


@unhurried
@given(st.integers(1, 5000), st.integers(0, 5000))
def test_extra_votes_beyond_a_fifth_are_refused_and_none_below_article_22(members, extra):
    if extra * 5 <= members:
        check_extra(members, extra, 200)
        return
    with pytest.raises(Refusal) as refused:
        check_extra(members, extra, 200)
    assert refused.value.code == "extra-votes"
    assert "第22条" in refused.value.rule


@unhurried
@given(WEIGHTS)
def test_proposed_extra_votes_are_always_within_the_limit(weights):
    assert sum(propose_extra(weights, 200).values()) <= limit_extra(len(weights), 200)


@unhurried
@given(st.builds(Votes, *[st.integers(0, 300)] * 6, st.booleans()))
def test_nothing_is_carried_without_two_thirds_present_and_more_than_half_of_all_votes(votes):
    if votes.present * 3 < votes.members * 2 or votes.present > votes.members:
        with pytest.raises(Refusal) as refused:
            judge(votes)
        assert "第30条" in refused.value.rule
        return
    with suppress(Refusal):  # more votes than there are
        assert judge(votes) <= (votes.agreed * 2 > votes.members + votes.extra or votes.members == 0)


def test_a_weighty_matter_needs_two_thirds_of_all_votes():
    assert judge(Votes(30, 25, 0, 20, 5, 0, weighty=True))
    assert not judge(Votes(30, 25, 0, 19, 6, 0, weighty=True))
    assert judge(Votes(30, 25, 0, 16, 9, 0))


def test_a_dividend_of_a_fixed_sum_is_refused_as_guaranteed_income_article_44():
    day = date(2026, 1, 1)
    parts = (NewPart("guaranteed", 100_000, "yearly", day), NewPart("dividend", 50_000, "yearly", day))
    with pytest.raises(Refusal) as refused:
        check_parts(PATTERNS["guaranteed-dividend"], parts, member=True)
    assert refused.value.code == "dividend-fixed"
    assert "第44条" in refused.value.rule


def test_who_is_no_member_takes_no_part_in_the_surplus():
    parts = (NewPart("guaranteed", 100_000, "yearly", date(2026, 1, 1)), NewPart("dividend"))
    check_parts(PATTERNS["guaranteed-dividend"], parts, member=True)
    with pytest.raises(Refusal) as refused:
        check_parts(PATTERNS["guaranteed-dividend"], parts, member=False)
    assert refused.value.code == "not-a-member"


def test_a_pattern_is_complete_and_a_cost_has_its_sum_and_day():
    day = date(2026, 1, 1)
    with pytest.raises(Refusal) as refused:
        check_parts(PATTERNS["rent-job-pension"], (NewPart("rent", 1, "yearly", day),), member=True)
    assert refused.value.code == "parts-wrong"
    parts = (NewPart("rent", None), NewPart("wage", 1, "monthly", day), NewPart("rebate"))
    with pytest.raises(Refusal) as refused:
        check_parts(PATTERNS["rent-wage-rebate"], parts, member=True)
    assert refused.value.code == "amount-missing"


def test_dues_fall_on_the_same_day_or_the_month_s_last():
    assert list_due_days(date(2026, 1, 31), 1, date(2026, 4, 30)) == [
        date(2026, 1, 31),
        date(2026, 2, 28),
        date(2026, 3, 31),
        date(2026, 4, 30),
    ]
    assert list_due_days(date(2026, 1, 31), 0, date(2030, 1, 1)) == [date(2026, 1, 31)]
