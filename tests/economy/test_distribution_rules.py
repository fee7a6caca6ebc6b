"""The waterfall of a year's income: losses, reserve, collective, members; what is no income is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.economy.distributions.rules import check_source, reckon, spread, spread_after
from huiyin.economy.distributions.values import Ground
from huiyin.kernel.refusals import Refusal

PLAIN = Ground(1_000_00, reserve_per_mille=300, collective_units=20, held_units=80)
FEN = st.integers(-(10**10), 10**10)


def test_reserve_comes_first_then_the_collective_then_the_members():
    told = reckon(PLAIN)
    assert (told.reserve_fen, told.distributable_fen) == (300_00, 700_00)
    assert (told.collective_fen, told.members_fen, told.left_fen) == (140_00, 560_00, 0)


def test_losses_of_earlier_years_come_before_the_reserve():
    told = reckon(replace(PLAIN, earlier_fen=-400_00))
    assert (told.losses_fen, told.reserve_fen, told.distributable_fen) == (400_00, 180_00, 420_00)


def test_what_an_earlier_plan_left_has_given_to_the_reserve_already():
    assert reckon(replace(PLAIN, earlier_fen=100_00, reserved_fen=100_00)).reserve_fen == 300_00
    assert reckon(replace(PLAIN, earlier_fen=100_00)).reserve_fen == 330_00


def test_a_year_of_loss_has_nothing_to_distribute():
    with pytest.raises(Refusal) as refused:
        reckon(replace(PLAIN, income_fen=-1))
    assert refused.value.code == "nothing-to-distribute"
    assert "第42条" in refused.value.rule


def test_more_than_the_books_have_is_refused():
    with pytest.raises(Refusal) as refused:
        reckon(PLAIN, 700_01)
    assert refused.value.code == "above-distributable"
    assert "第42条" in refused.value.rule


def test_compensation_for_land_is_kept_out_and_reaching_for_it_is_refused():
    ground = replace(PLAIN, kept_out_fen=500_00)
    assert reckon(ground).distributable_fen == 350_00
    with pytest.raises(Refusal) as refused:
        reckon(ground, 700_00)
    assert refused.value.code == "compensation-kept-out"
    assert "征地补偿" in refused.value.rule


def test_rent_of_several_years_is_spread_and_reaching_for_later_years_is_refused():
    ground = replace(PLAIN, deferred_fen=800_00)
    assert reckon(ground).distributable_fen == 140_00
    with pytest.raises(Refusal) as refused:
        reckon(ground, 700_00)
    assert refused.value.code == "rent-of-other-years"
    assert "按年分摊" in refused.value.rule


@pytest.mark.parametrize(
    ("account", "code", "law"),
    [
        ("201", "loan-not-distributed", "第42条"),
        ("221-01", "loan-not-distributed", "借款"),
        ("241", "compensation-kept-out", "征地补偿"),
        ("231", "compensation-kept-out", "征地补偿"),
        ("301", "property-not-divided", "第36条"),
        ("311", "property-not-divided", "第40条"),
        ("151", "property-not-divided", "第36条"),
    ],
)
def test_what_is_no_income_is_never_divided(account, code, law):
    with pytest.raises(Refusal) as refused:
        check_source(account)
    assert refused.value.code == code
    assert law in refused.value.rule


def test_without_shares_nothing_is_divided():
    with pytest.raises(Refusal) as refused:
        reckon(Ground(100))
    assert refused.value.code == "no-shares"
    assert "第40条" in refused.value.rule


@given(FEN, FEN, st.integers(0, 1000), st.integers(0, 10**6), st.integers(1, 10**6), st.booleans())
def test_no_fen_is_lost_or_made(income, earlier, per_mille, collective, held, whole):
    ground = Ground(income, earlier, 0, 0, 0, 0, per_mille, collective, held)
    try:
        told = reckon(ground, whole_fen=whole)
    except Refusal:
        assert income + min(earlier, 0) <= 0 or per_mille or earlier <= 0
        return
    parts = told.reserve_fen + told.collective_fen + told.members_fen + told.residual_fen + told.left_fen
    assert parts == max(income + earlier, 0)
    assert min(told.reserve_fen, told.collective_fen, told.members_fen, told.residual_fen) >= 0
    assert told.residual_fen < held
    assert not whole or told.members_fen % held == 0


@given(st.integers(1, 10**12), st.integers(1, 60))
def test_a_rent_that_is_spread_comes_to_itself_in_its_last_year(fen, years):
    assert sum(spread(fen, years, at) for at in range(years)) == fen
    assert spread_after(fen, years, years - 1) == 0
    assert spread(fen, years, 0) + spread_after(fen, years, 0) == fen
    assert spread(fen, years, years) == spread(fen, years, -1) == 0
