"""Draws areas as an SVG map: pieces with an address each, names on them, in whole pixels."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from huiyin.grid.api import Point, Polygons, bound, find_inside
from huiyin.kernel.words import Words

WIDTH, TALLEST, MARGIN = 960, 900, 12


Name = tuple[Sequence[Polygons], Words, str]
"""What is called by a name on the map, and where the name leads; empty: nowhere."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of the map: what is drawn, what it is called, where it leads (or nowhere), how it looks."""

    polygons: Sequence[Polygons]
    told: Words
    look: str
    address: str = ""
    group: int = 0


@dataclass(frozen=True, slots=True)
class Drawn:
    """A piece as the template writes it."""

    path: str
    told: Words
    look: str
    address: str


@dataclass(frozen=True, slots=True)
class Label:
    """A name on the map; one with an address leads there."""

    x: int
    y: int
    name: Words
    address: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A map: its size, groups of pieces (a border is drawn around each group), the names on it."""

    width: int
    height: int
    groups: Sequence[tuple[Sequence[Drawn], str]]
    labels: Sequence[Label]


@dataclass(frozen=True, slots=True)
class _Scale:
    west: int
    north: int
    narrow: float
    by: float

    def place(self, point: Point) -> tuple[int, int]:
        return (
            MARGIN + round((point[0] - self.west) * self.narrow * self.by),
            MARGIN + round((self.north - point[1]) * self.by),
        )


def draw_map(
    pieces: Sequence[Piece],
    labels: Iterable[Name] = (),
    around: Sequence[Polygons] = (),
) -> Sheet | None:
    """The pieces on one sheet, as large as fits; None when none has ground. `around` widens what is shown."""
    drawn = [one for piece in pieces for one in piece.polygons]
    if not drawn:
        return None
    scale, width, height = _choose_scale([*drawn, *around])
    groups: dict[int, list[Drawn]] = {}
    for piece in pieces:
        path = "".join(_write_path(one, scale) for one in piece.polygons)
        groups.setdefault(piece.group, []).append(Drawn(path, piece.told, piece.look, piece.address))
    names = [_label(one, scale) for one in labels if one[0]]
    whole = [(held, "".join(one.path for one in held)) for held in groups.values()]
    return Sheet(width, height, whole, names)


def _choose_scale(shapes: Sequence[Polygons]) -> tuple[_Scale, int, int]:
    boxes = [bound(one) for one in shapes]
    west, south = min(box[0] for box in boxes), min(box[1] for box in boxes)
    east, north = max(box[2] for box in boxes), max(box[3] for box in boxes)
    narrow = math.cos(math.radians((south + north) / 2e7))
    by = min(WIDTH / max(1.0, (east - west) * narrow), TALLEST / max(1, north - south))
    scale = _Scale(west, north, narrow, by)
    width = round((east - west) * narrow * by) + 2 * MARGIN
    return scale, width, round((north - south) * by) + 2 * MARGIN


def _write_path(polygons: Polygons, scale: _Scale) -> str:
    """The rings as a path of whole pixels; points that fall together or in line are left out."""
    rings = [_thin([scale.place(point) for point in ring]) for rings in polygons for ring in rings]
    return "".join(f"M{'L'.join(f'{x} {y}' for x, y in ring)}Z" for ring in rings if len(ring) > 2)


def _thin(points: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for point in points:
        if kept and point == kept[-1]:
            continue
        if len(kept) > 1 and _in_line(kept[-2], kept[-1], point):
            kept.pop()
        kept.append(point)
    return kept


def _in_line(one: tuple[int, int], two: tuple[int, int], three: tuple[int, int]) -> bool:
    return (two[0] - one[0]) * (three[1] - two[1]) == (two[1] - one[1]) * (three[0] - two[0])


def _label(one: Name, scale: _Scale) -> Label:
    """In the middle of one piece; over several, in the middle of their inner points."""
    polygons, name, address = one
    points = [scale.place(find_inside(shape)) for shape in polygons]
    count = len(points)
    return Label(sum(x for x, _ in points) // count, sum(y for _, y in points) // count, name, address)


def gather(ids: Iterable[int], shapes: Mapping[int, Polygons]) -> list[Polygons]:
    """The shapes of those areas that have one."""
    return [shapes[one] for one in ids if one in shapes]
