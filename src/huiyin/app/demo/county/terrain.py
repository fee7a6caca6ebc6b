"""The invented ground of the demo county: its outline, and each village's piece of it cut into cells.

A piece is all that lies nearer to a village than to any other; a straight cut through its middle parts it
into cells. Everything is computed from the villages' points, so that it is the same each time.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from huiyin.grid.api import Point

Flat = tuple[float, float]
MARGIN, CORNERS = 0.045, 28
LARGE = 0.000_9
"""A piece larger than this many square degrees becomes three cells, others two."""


def draw_outline(seeds: Sequence[Flat]) -> list[Flat]:
    """A convex line around all points: as far out as the farthest in each direction, with some room."""
    middle = (sum(x for x, _ in seeds) / len(seeds), sum(y for _, y in seeds) / len(seeds))
    corners = []
    for at in range(CORNERS):
        turn = 2 * math.pi * at / CORNERS
        east, north = math.cos(turn), math.sin(turn)
        corners.append(
            (turn, max((x - middle[0]) * east + (y - middle[1]) * north for x, y in seeds) + MARGIN)
        )
    piece = [(middle[0] + 2 * dx, middle[1] + 2 * dy) for dx, dy in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
    for turn, reach in corners:
        east, north = math.cos(turn), math.sin(turn)
        piece = _keep_side(piece, east, north, middle[0] * east + middle[1] * north + reach)
    return piece


def cut_pieces(seeds: Sequence[Flat], outline: list[Flat]) -> list[list[Flat]]:
    """For each point the ground that is nearest to it (a Voronoi piece), within the outline."""
    return [_cut_piece(at, seeds, outline) for at in range(len(seeds))]


def _cut_piece(at: int, seeds: Sequence[Flat], outline: list[Flat]) -> list[Flat]:
    piece, (x, y) = outline, seeds[at]
    others = sorted(
        (other for other in range(len(seeds)) if other != at),
        key=lambda one: math.dist(seeds[one], seeds[at]),
    )
    for other in others:
        east, north = seeds[other][0] - x, seeds[other][1] - y
        middle = (x + seeds[other][0]) / 2, (y + seeds[other][1]) / 2
        piece = _keep_side(piece, east, north, middle[0] * east + middle[1] * north)
    return piece


def _keep_side(piece: Sequence[Flat], east: float, north: float, limit: float) -> list[Flat]:
    """The part of a convex piece for which `x * east + y * north` is at most the limit."""
    kept: list[Flat] = []
    for at, end in enumerate(piece):
        start = piece[at - 1]
        before, after = (x * east + y * north - limit for x, y in (start, end))
        if (before < 0 < after) or (after < 0 < before):
            share = before / (before - after)
            kept.append((start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share))
        if after <= 0:
            kept.append(end)
    return kept


def split_piece(piece: list[Flat]) -> list[list[Flat]]:
    """Two or three cells, side by side along the longer way of the piece."""
    width = max(x for x, _ in piece) - min(x for x, _ in piece)
    height = max(y for _, y in piece) - min(y for _, y in piece)
    axis = (1.0, 0.25) if width >= height else (0.25, 1.0)
    reach = [x * axis[0] + y * axis[1] for x, y in piece]
    count = 3 if width * height > LARGE else 2
    cuts = [min(reach) + (max(reach) - min(reach)) * part / count for part in range(1, count)]
    return list(_split(piece, axis, cuts))


def _split(piece: list[Flat], axis: Flat, cuts: Sequence[float]) -> Iterator[list[Flat]]:
    rest = piece
    for cut in cuts:
        yield _keep_side(rest, *axis, cut)
        rest = _keep_side(rest, -axis[0], -axis[1], -cut)
    yield rest


def round_ring(piece: Sequence[Flat]) -> list[Point]:
    """The piece in whole ten-millionths of a degree, without points that fall together."""
    ring = [(round(x * 1e7), round(y * 1e7)) for x, y in piece]
    return [point for at, point in enumerate(ring) if point != ring[at - 1]]
