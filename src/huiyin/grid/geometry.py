"""Points and polygons in whole ten-millionths of a degree: what lies in what, what crosses, what overlaps."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from huiyin.grid.values import Bounds, Point, Polygons, Ring

METRE = 90
"""About so many units are a metre along a meridian."""
Segment = tuple[Point, Point]


def bound(polygons: Polygons) -> Bounds:
    """The box around all polygons."""
    points = [point for rings in polygons for point in rings[0]]
    east_west, north_south = [x for x, _ in points], [y for _, y in points]
    return min(east_west), min(north_south), max(east_west), max(north_south)


def locate(point: Point, polygons: Polygons) -> int:
    """1 inside, 0 on a border, -1 outside. Exact: a ray to the east, in whole numbers, holes left out."""
    inside = False
    for rings in polygons:
        for ring in rings:
            for start, end in list_sides(ring):
                if _lies_on(point, start, end):
                    return 0
                inside ^= _ray_meets(point, start, end)
    return 1 if inside else -1


def list_sides(ring: Ring) -> Iterator[Segment]:
    """The sides of a ring, the one back to its start as well."""
    return zip(ring, [*ring[1:], ring[0]], strict=True)


def _ray_meets(point: Point, start: Point, end: Point) -> bool:
    if (start[1] > point[1]) == (end[1] > point[1]):
        return False
    turn = _turn(start, end, point)
    return turn > 0 if end[1] > start[1] else turn < 0


def _turn(start: Point, end: Point, point: Point) -> int:
    """Above nought where `point` lies left of the way from `start` to `end`; nought on the line."""
    return (end[0] - start[0]) * (point[1] - start[1]) - (end[1] - start[1]) * (point[0] - start[0])


def _lies_on(point: Point, start: Point, end: Point) -> bool:
    return (
        min(start[0], end[0]) <= point[0] <= max(start[0], end[0])
        and min(start[1], end[1]) <= point[1] <= max(start[1], end[1])
        and _turn(start, end, point) == 0
    )


def measure_distance(point: Point, polygons: Polygons) -> float:
    """How far the border of the polygons is, in units of latitude."""
    narrow = math.cos(math.radians(point[1] / 1e7))
    return min(
        _measure(point, start, end, narrow)
        for rings in polygons
        for ring in rings
        for start, end in list_sides(ring)
    )


def _measure(point: Point, start: Point, end: Point, narrow: float) -> float:
    ax, ay = (start[0] - point[0]) * narrow, float(start[1] - point[1])
    bx, by = (end[0] - start[0]) * narrow, float(end[1] - start[1])
    length = bx * bx + by * by
    share = max(0.0, min(1.0, -(ax * bx + ay * by) / length)) if length else 0.0
    return math.hypot(ax + share * bx, ay + share * by)


def find_crossing(ring: Ring) -> Point | None:
    """A point at which the ring crosses or touches itself; None for a simple ring."""
    sides = sorted(
        ((min(a[0], b[0]), max(a[0], b[0]), at, a, b) for at, (a, b) in enumerate(list_sides(ring)))
    )
    open_sides: list[tuple[int, int, int, Point, Point]] = []
    for side in sides:
        open_sides = [one for one in open_sides if one[1] >= side[0]]
        for other in open_sides:
            if _clash(side, other, len(ring)):
                return side[3]
        open_sides.append(side)
    return None


def _clash(
    one: tuple[int, int, int, Point, Point], other: tuple[int, int, int, Point, Point], count: int
) -> bool:
    if (one[2] - other[2]) % count in {1, count - 1}:
        first, second = (other, one) if (one[2] - other[2]) % count == 1 else (one, other)
        turns_back = _turn(first[3], first[4], second[4]) == 0
        return turns_back and _heads_back(first[3], first[4], second[4])
    return meets((one[3], one[4]), (other[3], other[4]))


def _heads_back(before: Point, corner: Point, after: Point) -> bool:
    return (corner[0] - before[0]) * (after[0] - corner[0]) + (corner[1] - before[1]) * (
        after[1] - corner[1]
    ) < 0


def meets(one: Segment, other: Segment) -> bool:
    """Whether two segments have a point in common."""
    a, b = _sign(_turn(*one, other[0])), _sign(_turn(*one, other[1]))
    c, d = _sign(_turn(*other, one[0])), _sign(_turn(*other, one[1]))
    if a * b < 0 and c * d < 0:
        return True
    return (
        _lies_on(other[0], *one)
        or _lies_on(other[1], *one)
        or _lies_on(one[0], *other)
        or _lies_on(one[1], *other)
    )


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)


def overlaps(one: Polygons, other: Polygons, tolerance: int = 3 * METRE) -> bool:
    """Whether two shapes share ground wider than `tolerance`: drawn by hand they never fit to the inch."""
    return (
        _enters(one, other, tolerance)
        or _enters(other, one, tolerance)
        or _holds(other, find_inside(one), tolerance)
    )


def _enters(one: Polygons, other: Polygons, tolerance: int) -> bool:
    """Whether a piece of a side of `one`, cut where it meets `other`, runs through it deeper than that."""
    box = grow(bound(other), 0)
    sides = [side for rings in other for ring in rings for side in list_sides(ring)]
    for rings in one:
        for ring in rings:
            for start, end in list_sides(ring):
                if _misses(start, end, box):
                    continue
                if any(_holds(other, middle, tolerance) for middle in _cut(start, end, sides)):
                    return True
    return False


def grow(box: Bounds, by: int) -> Bounds:
    """The box with so much more on every side."""
    return box[0] - by, box[1] - by, box[2] + by, box[3] + by


def _misses(start: Point, end: Point, box: Bounds) -> bool:
    return (
        max(start[0], end[0]) < box[0]
        or min(start[0], end[0]) > box[2]
        or max(start[1], end[1]) < box[1]
        or min(start[1], end[1]) > box[3]
    )


def _cut(start: Point, end: Point, sides: Sequence[Segment]) -> Iterator[Point]:
    """The middle of each piece of a side, cut where it meets others."""
    cuts = {0.0, 1.0}
    for one, two in sides:
        a, b = _turn(one, two, start), _turn(one, two, end)
        if a != b and meets((start, end), (one, two)):
            cuts.add(max(0.0, min(1.0, a / (a - b))))
    shares = sorted(cuts)
    for low, high in pairwise(shares):
        share = (low + high) / 2
        yield (
            round(start[0] + (end[0] - start[0]) * share),
            round(start[1] + (end[1] - start[1]) * share),
        )


def _holds(polygons: Polygons, point: Point, tolerance: int) -> bool:
    return locate(point, polygons) > 0 and measure_distance(point, polygons) > tolerance


def find_inside(polygons: Polygons) -> Point:
    """A point well inside of the largest polygon: the middle of its widest stretch on some parallels."""
    rings = max(polygons, key=lambda one: abs(measure_double(one[0])))
    _, south, _, north = bound([rings])
    best: tuple[int, Point] = (-1, rings[0][0])
    for step in (8, 4, 12, 6, 10, 2, 14):
        height = south + (north - south) * step // 16
        at = sorted(_list_meetings(rings, height))
        for west, east in zip(at[::2], at[1::2], strict=False):
            best = max(best, (east - west, ((west + east) // 2, height)))
    return best[1]


def _list_meetings(rings: Sequence[Ring], height: int) -> Iterator[int]:
    """Where the parallel at that height meets the rings."""
    for ring in rings:
        for start, end in list_sides(ring):
            if (start[1] > height) != (end[1] > height):
                yield start[0] + (end[0] - start[0]) * (height - start[1]) // (end[1] - start[1])


def measure_double(ring: Ring) -> int:
    """Twice the area of a ring in square units; above nought when it runs against the clock."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in list_sides(ring))
