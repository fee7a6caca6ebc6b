"""However shares change hands, the total stays, nobody holds less than nothing, households keep theirs."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.economy.shares.rules import check_plan, farm_years, make_split, pass_on, share_of_collective
from huiyin.economy.shares.values import (
    APPLIED_FOR,
    BASES,
    Held,
    Holder,
    NewClass,
    NewPlan,
    Part,
)
from huiyin.kernel.refusals import Refusal

BASIC = NewClass("基本股", "each", 10)
HELD = Held(
    {
        1: Holder(10, 100, 100),
        2: Holder(10, 100, 100),
        3: Holder(0, 100, 100),
        4: Holder(10, 200, 200),
        5: Holder(0, 200, 200, confirmed=False),
        6: Holder(10, 200, 200, confirmed=False, dead=True),
        7: Holder(10, 200, 300),
    },
    collective=5,
)


def _refused(kind: str, *parts: Part, cap: int = 1000) -> Refusal:
    with pytest.raises(Refusal) as refused:
        pass_on(kind, parts, HELD, cap)
    return refused.value


def _plan(**given: object) -> NewPlan:
    return NewPlan(**{"classes": [BASIC], "counted_on": date(2026, 1, 1), **given})  # type: ignore[arg-type]


@pytest.mark.parametrize("what", ["property", "land", "anything"])
def test_property_is_never_divided_only_the_right_to_income_is_quantified(what):
    with pytest.raises(Refusal) as refused:
        check_plan(_plan(what=what), 300, 300)
    assert refused.value.code == "property-divided"
    assert "第36条" in refused.value.rule
    assert "第40条" in refused.value.rule


@pytest.mark.parametrize(("charter", "county"), [(100, 300), (300, 100)])
def test_the_collective_keeps_no_more_than_charter_and_limit_allow(charter, county):
    check_plan(_plan(collective_per_mille=100), charter, county)
    with pytest.raises(Refusal) as refused:
        check_plan(_plan(collective_per_mille=101), charter, county)
    assert refused.value.code == "collective-share-too-large"
    assert "37号" in refused.value.rule


@given(st.integers(0, 10**9), st.integers(0, 999))
def test_what_the_collective_keeps_is_never_above_its_part(held, per_mille):
    kept = share_of_collective(held, per_mille)
    assert kept * 1000 <= per_mille * (held + kept)


def test_farm_years_run_from_sixteen():
    assert farm_years((2000, 3, 2), (2026, 3, 1), 44) == 9
    assert farm_years((2000, 3, 1), (2026, 3, 1), 44) == 10
    assert farm_years((2020, 1, 1), (2026, 1, 1), 44) == 0
    assert farm_years((1930, 1, 1), (2026, 1, 1), 44) == 44


def test_units_are_not_issued_nor_destroyed():
    for kind in ("fix", "issue", ""):
        refused = _refused(kind, Part(1, 2, 1))
        assert refused.code == "kind-unknown"
        assert "两不增、两不减" in refused.rule


@pytest.mark.parametrize("kind", ["give", "transfer", "split"])
def test_nobody_passes_on_more_than_they_hold(kind):
    assert _refused(kind, Part(1, 2, 11)).code == "not-enough-units"
    assert _refused(kind, Part(1, 2, 6), Part(1, 3, 5)).code == "not-enough-units"


@pytest.mark.parametrize("kind", ["give", "transfer"])
def test_units_stay_inside_the_organisation(kind):
    for taker, code in ((99, "not-inside"), (5, "not-a-member"), (6, "not-a-member")):
        refused = _refused(kind, Part(1, taker, 1))
        assert refused.code == code
        assert "不得突破本集体经济组织" in refused.rule


def test_a_gift_beyond_the_cap_of_the_charter_is_refused():
    after = pass_on("give", [Part(1, 4, 2)], HELD, 220)
    assert after.holders[4].units == 12
    refused = _refused("give", Part(1, 4, 3), cap=220)
    assert refused.code == "above-cap"
    assert "章程" in refused.rule


def test_only_the_dead_are_inherited_from_and_an_heir_needs_no_membership():
    assert _refused("inherit", Part(1, 2, 1)).code == "holder-alive"
    assert "民法典" in _refused("inherit", Part(1, 2, 1)).rule
    assert _refused("give", Part(6, 4, 1)).code == "holder-dead"
    assert pass_on("inherit", [Part(6, 5, 10)], HELD, 1).holders[5].units == 10


def test_a_split_stays_within_the_household_and_gives_only_to_confirmed_members():
    assert pass_on("split", [Part(1, 3, 4)], HELD, 1).by_household() == HELD.by_household()
    assert _refused("split", Part(1, 4, 1)).code == "another-household"
    assert _refused("split", Part(4, 5, 1)).code == "not-a-member"
    assert "固化到户" in _refused("split", Part(1, 4, 1)).rule


def test_whoever_founds_a_household_takes_their_own_units_along():
    after = pass_on("rehome", [Part(7, 7, 10)], HELD, 1)
    assert after.by_household() == {100: 20, 200: 20, 300: 10}
    assert _refused("rehome", Part(1, 1, 10)).code == "same-household"


def test_redemption_alone_goes_to_the_collective():
    assert pass_on("redeem", [Part(1, None, 4)], HELD, 1).collective == 9
    assert _refused("redeem", Part(1, 2, 4)).code == "receiver-wrong"
    assert _refused("give", Part(1, None, 4)).code == "receiver-wrong"


def test_a_split_as_typed_becomes_parts_and_must_keep_the_household_whole():
    assert make_split({1: 10, 2: 10}, {1: 4, 2: 10, 3: 6}) == [Part(1, 3, 6)]
    with pytest.raises(Refusal) as refused:
        make_split({1: 10}, {1: 4, 3: 7})
    assert refused.value.code == "split-differs"
    assert "两不增" in refused.value.rule


PEOPLE = st.dictionaries(
    st.integers(1, 8),
    st.builds(
        Holder, st.integers(0, 50), st.integers(100, 103), st.integers(100, 103), st.booleans(), st.booleans()
    ),
    min_size=2,
)
ACTS = st.lists(
    st.tuples(
        st.sampled_from([*APPLIED_FOR, "birth", "death", "come", "leave", "move"]),
        st.integers(1, 9),
        st.one_of(st.none(), st.integers(1, 9)),
        st.integers(-2, 60),
        st.integers(100, 103),
    ),
    max_size=25,
)


@given(PEOPLE, ACTS, st.integers(0, 100))
def test_no_sequence_of_births_deaths_moves_and_changes_touches_the_frozen_total(people, acts, collective):
    held = Held(people, collective, others=7)
    total = held.total
    for kind, one, other, units, household in acts:
        before = held
        if kind in APPLIED_FOR:
            part = Part(one, one if kind == "rehome" else other, units)
            with suppress(Refusal):
                held = pass_on(kind, [part], held, 500)
            if kind == "split":
                assert held.by_household() == before.by_household()
        else:
            held = _live(kind, one, household, held)
            assert held.by_household() == before.by_household()
        assert held.total == total
        assert all(holder.units >= 0 for holder in held.holders.values())
        assert held.collective >= before.collective


def _live(kind: str, one: int, household: int, held: Held) -> Held:
    """What happens on the roster: it says who is there, and moves nobody's units."""
    people = dict(held.holders)
    if kind in {"birth", "come"}:
        people.setdefault(one, Holder(0, household, household))
    elif one in people:
        dead = {"death": True}.get(kind, people[one].dead)
        lives_in = household if kind == "move" else people[one].lives_in_id
        confirmed = people[one].confirmed and kind not in {"death", "leave"}
        people[one] = replace(people[one], dead=dead, confirmed=confirmed, lives_in_id=lives_in)
    return replace(held, holders={**people})


@given(st.dictionaries(st.integers(1, 6), st.integers(0, 30), min_size=1), st.randoms())
def test_any_split_of_the_same_sum_is_reached_by_parts_above_nothing(before, rng):
    whole = sum(before.values())
    cuts = sorted(rng.randint(0, whole) for _ in range(6))
    wanted = {
        at + 1: high - low for at, (low, high) in enumerate(zip([0, *cuts], [*cuts, whole], strict=True))
    }
    after = dict(before)
    for part in make_split(before, wanted):
        assert part.units > 0
        after[part.from_id] -= part.units
        after[part.to_id] = after.get(part.to_id, 0) + part.units  # type: ignore[index, arg-type]
    assert {one: units for one, units in after.items() if units} == {
        one: units for one, units in wanted.items() if units
    }
    assert set(BASES) == {"each", "years", "given"}
