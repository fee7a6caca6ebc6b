"""A sum is divided by shares to the fen: the laws of the division hold for any sum and any shares."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from huiyin.economy.distributions.allocating import allocate

SHARES = st.dictionaries(st.integers(1, 10**6), st.integers(0, 500), min_size=1, max_size=40).filter(
    lambda units: any(units.values())
)
SUMS = st.integers(0, 10**12) | st.integers(0, 300)


@given(SUMS, SHARES)
def test_the_parts_add_up_to_the_whole(total, units):
    assert sum(allocate(total, units).values()) == total


@given(SUMS, SHARES)
def test_nobody_with_more_shares_gets_less(total, units):
    parts = allocate(total, units)
    held = sorted((units[one], parts[one]) for one in units)
    assert all(less[1] <= more[1] for less, more in pairwise(held) if less[0] < more[0])
    assert all(parts[one] == 0 for one in units if units[one] == 0)


@given(SUMS, SHARES, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(total, units, rng):
    rows = list(units.items())
    rng.shuffle(rows)
    assert allocate(total, dict(rows)) == allocate(total, units)


@given(SUMS, SHARES)
def test_a_fen_more_changes_one_person_by_one_fen(total, units):
    before, after = allocate(total, units), allocate(total + 1, units)
    assert sorted(after[one] - before[one] for one in units) == [0] * (len(units) - 1) + [1]


@given(SUMS, st.integers(1, 60), st.integers(1, 50))
def test_with_equal_shares_it_is_the_largest_remainder_with_the_roster_as_tie_break(total, many, each):
    parts = allocate(total, dict.fromkeys(range(many), each))
    whole, left = divmod(total, many)
    assert [parts[one] for one in range(many)] == [whole + (one < left) for one in range(many)]


@given(SUMS, SHARES)
def test_everybody_is_served_as_if_each_fen_were_given_by_itself_to_the_first_in_line(total, units):
    total %= 2_000
    parts, held = allocate(total, units), dict.fromkeys(units, 0)
    for _ in range(total):
        first = min(
            (one for one in units if units[one]),
            key=lambda one: (Fraction(2 * held[one] + 1, 2 * units[one]), -units[one], one),
        )
        held[first] += 1
    assert parts == held


def test_largest_remainders_alone_would_take_a_fen_from_somebody_when_there_is_one_more():
    def by_remainders(total, units):
        whole = sum(units.values())
        exact = {one: divmod(total * held, whole) for one, held in units.items()}
        left = total - sum(fen for fen, _ in exact.values())
        first = sorted(units, key=lambda one: (-exact[one][1], one))[:left]
        return {one: exact[one][0] + (one in first) for one in units}

    units = {1: 6, 2: 6, 3: 2}
    assert by_remainders(10, units) == {1: 4, 2: 4, 3: 2}
    assert by_remainders(11, units) == {1: 5, 2: 5, 3: 1}
    assert allocate(10, units)[3] <= allocate(11, units)[3]
