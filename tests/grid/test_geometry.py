"""Ground is exact: a point lies in one cell of a county that is tiled, and borders are told as borders."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.grid.datum import from_gcj, to_gcj
from huiyin.grid.geometry import (
    METRE,
    bound,
    find_crossing,
    find_inside,
    list_sides,
    locate,
    measure_distance,
    overlaps,
)
from huiyin.grid.rules import choose_cell

SQUARE = [[[(0, 0), (10_000, 0), (10_000, 10_000), (0, 10_000)]]]
HOLED = [[SQUARE[0][0], [(4_000, 4_000), (6_000, 4_000), (6_000, 6_000), (4_000, 6_000)]]]

numbers = st.integers(min_value=-50, max_value=50)
points = st.tuples(numbers, numbers)


def _count_winding(point, ring):
    """How often the ring turns around the point, by crossings of the ray to the west: another count."""
    turns = 0
    for (ax, ay), (bx, by) in list_sides(ring):
        if (ay <= point[1]) != (by <= point[1]):
            meets_at = ax + Fraction((point[1] - ay) * (bx - ax), by - ay)
            if meets_at < point[0]:
                turns += 1 if by > ay else -1
    return turns


@given(st.lists(points, min_size=3, max_size=9, unique=True), points)
@settings(max_examples=300)
def test_inside_agrees_with_an_independent_count(ring, point):
    if find_crossing(ring) is not None:
        return
    found = locate(point, [[ring]])
    if found != 0:
        assert (found > 0) == (_count_winding(point, ring) != 0)


def test_corners_and_sides_are_borders_and_holes_are_outside():
    assert locate((0, 0), SQUARE) == locate((5_000, 10_000), SQUARE) == 0
    assert locate((5_000, 5_000), SQUARE) == 1
    assert locate((5_000, 5_000), HOLED) == -1
    assert locate((4_000, 5_000), HOLED) == 0


@st.composite
def _tilings(draw):
    """A county cut into rectangles by lines from side to side, then each by a slant."""
    xs = sorted(draw(st.sets(st.integers(1, 99), min_size=1, max_size=4)) | {0, 100})
    ys = sorted(draw(st.sets(st.integers(1, 99), min_size=1, max_size=4)) | {0, 100})
    cells = []
    for west, east in pairwise(xs):
        for south, north in pairwise(ys):
            a, b, c, d = (west, south), (east, south), (east, north), (west, north)
            cells += [[[[a, b, c]]], [[[a, c, d]]]]
    return [[[[(x * 1000, y * 1000) for x, y in ring] for ring in rings] for rings in one] for one in cells]


@given(_tilings(), st.tuples(st.integers(0, 100_000), st.integers(0, 100_000)))
@settings(max_examples=200)
def test_every_point_of_a_tiled_county_is_in_exactly_one_cell_or_on_a_border(cells, point):
    found = [locate(point, one) for one in cells]
    inside, borders = found.count(1), found.count(0)
    assert (inside, borders) == (1, 0) or (inside == 0 and borders >= 1)
    chosen = choose_cell(point, list(enumerate(cells)))
    assert chosen is not None
    assert found[chosen[0]] >= 0
    assert chosen[1] == ("point" if inside else "border")


@given(_tilings())
@settings(max_examples=60, deadline=None)
def test_neighbours_of_a_tiling_never_overlap(cells):
    for at, one in enumerate(cells):
        for other in cells[at + 1 :]:
            assert not overlaps(one, other, tolerance=0)


def test_a_point_beyond_every_cell_is_in_none_and_just_beyond_one_is_told_as_its_border():
    assert choose_cell((10_000 + 10 * METRE, 5_000), [(7, SQUARE)]) == (7, "border")
    assert choose_cell((10_000 + 100 * METRE, 5_000), [(7, SQUARE)]) is None


def test_overlaps_are_found_however_the_shapes_lie():
    cross = [[[(3_000, -5_000), (7_000, -5_000), (7_000, 15_000), (3_000, 15_000)]]]
    within = [[[(2_000, 2_000), (8_000, 2_000), (8_000, 8_000), (2_000, 8_000)]]]
    beside = [[[(10_000, 0), (20_000, 0), (20_000, 10_000), (10_000, 10_000)]]]
    assert overlaps(SQUARE, cross)
    assert overlaps(SQUARE, within)
    assert overlaps(within, SQUARE)
    assert overlaps(SQUARE, SQUARE)
    assert not overlaps(SQUARE, beside)


def test_neighbours_drawn_by_hand_may_share_three_metres():
    beside = [[[(10_000 - 2 * METRE, 0), (20_000, 0), (20_000, 10_000), (10_000 - 2 * METRE, 10_000)]]]
    deeper = [[[(10_000 - 20 * METRE, 0), (20_000, 0), (20_000, 10_000), (10_000 - 20 * METRE, 10_000)]]]
    assert not overlaps(SQUARE, beside)
    assert overlaps(SQUARE, deeper)


def test_a_ring_that_crosses_or_touches_itself_is_found():
    assert find_crossing([(0, 0), (10, 10), (10, 0), (0, 10)]) is not None
    assert find_crossing([(0, 0), (10, 0), (5, 0), (5, 10)]) is not None
    assert find_crossing([(0, 0), (10, 0), (10, 10), (5, 0), (0, 10)]) is not None
    assert find_crossing(SQUARE[0][0]) is None


@given(st.lists(points, min_size=3, max_size=9, unique=True))
@settings(max_examples=200)
def test_the_inner_point_is_inside(ring):
    large = [(x * 1_000, y * 1_000) for x, y in ring]
    if find_crossing(large) is None and bound([[large]])[1] < bound([[large]])[3]:
        assert locate(find_inside([[large]]), [[large]]) >= 0


@given(points)
def test_the_distance_to_a_border_is_nought_on_it_alone(point):
    scaled = (point[0] * 400, point[1] * 400)
    assert (measure_distance(scaled, SQUARE) < 1e-6) == (locate(scaled, SQUARE) == 0)


@given(
    st.integers(min_value=740_000_000, max_value=1_340_000_000),
    st.integers(min_value=190_000_000, max_value=520_000_000),
)
def test_there_and_back_between_the_datums_is_where_it_was(lon, lat):
    shown = to_gcj((lon, lat))
    back = from_gcj(shown)
    assert abs(back[0] - lon) <= 2
    assert abs(back[1] - lat) <= 2
    assert 0 < abs(shown[0] - lon) + abs(shown[1] - lat) < 200_000
