"""Between the datums of Chinese maps: WGS-84, which satellites and phones speak, and GCJ-02 of the maps."""

from __future__ import annotations

import math

from huiyin.grid.values import Point

DATUMS = ("WGS-84", "GCJ-02")
_AXIS, _FLATNESS = 6378245.0, 0.00669342162296594323
_ROUNDS = 6
"""Each brings the way back a hundred times nearer; six leave less than a unit."""


def to_gcj(point: Point) -> Point:
    """A point of WGS-84 as GCJ-02 shows it: some hundred metres beside."""
    shift = _shift(point[0] / 1e7, point[1] / 1e7)
    return point[0] + round(shift[0] * 1e7), point[1] + round(shift[1] * 1e7)


def from_gcj(point: Point) -> Point:
    """The point of WGS-84 that GCJ-02 shows there."""
    guess = point
    for _ in range(_ROUNDS):
        shown = to_gcj(guess)
        guess = guess[0] + point[0] - shown[0], guess[1] + point[1] - shown[1]
    return guess


def _shift(lon: float, lat: float) -> tuple[float, float]:
    x, y = lon - 105.0, lat - 35.0
    north, east = _swing_north(x, y), _swing_east(x, y)
    slope = math.radians(lat)
    bend = 1 - _FLATNESS * math.sin(slope) ** 2
    north = north * 180.0 / (_AXIS * (1 - _FLATNESS) / (bend * math.sqrt(bend)) * math.pi)
    east = east * 180.0 / (_AXIS / math.sqrt(bend) * math.cos(slope) * math.pi)
    return east, north


def _swing_north(x: float, y: float) -> float:
    swing = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * math.sqrt(abs(x))
    swing += (20.0 * math.sin(6.0 * x * math.pi) + 20.0 * math.sin(2.0 * x * math.pi)) * 2.0 / 3.0
    swing += (20.0 * math.sin(y * math.pi) + 40.0 * math.sin(y / 3.0 * math.pi)) * 2.0 / 3.0
    return swing + (160.0 * math.sin(y / 12.0 * math.pi) + 320.0 * math.sin(y * math.pi / 30.0)) * 2.0 / 3.0


def _swing_east(x: float, y: float) -> float:
    swing = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * math.sqrt(abs(x))
    swing += (20.0 * math.sin(6.0 * x * math.pi) + 20.0 * math.sin(2.0 * x * math.pi)) * 2.0 / 3.0
    swing += (20.0 * math.sin(x * math.pi) + 40.0 * math.sin(x / 3.0 * math.pi)) * 2.0 / 3.0
    return swing + (150.0 * math.sin(x / 12.0 * math.pi) + 300.0 * math.sin(x / 30.0 * math.pi)) * 2.0 / 3.0
