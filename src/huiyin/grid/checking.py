"""Checks shapes against the areas and against each other. Pure: what is known is passed in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from huiyin.grid.geometry import METRE, find_inside, list_sides, locate, measure_distance, overlaps
from huiyin.grid.values import Check, Fault, NewShape, Polygons, Spot
from huiyin.kernel.words import Words

TOLERANCE = 3 * METRE
"""Ground that neighbours may share, and by which a cell may stand over the county's border: three metres."""


@dataclass(frozen=True, slots=True)
class Held:
    """A shape that is there already."""

    polygons: Polygons
    households: int | None = None
    people: int | None = None


def check_shapes(
    read: Sequence[tuple[int, NewShape]],
    faults: Sequence[Fault],
    areas: Mapping[str, Spot],
    held: Mapping[str, Held],
    villages: Mapping[str, str],
) -> Check:
    """What the shapes would do. `areas` in use and shapes `held`, by code; `villages`: code → name.

    Faults: an unknown code, a cell that shares ground with another, or that stands out of the county.
    """
    lines = {shape.code: line for line, shape in read}
    known = [(line, shape) for line, shape in read if shape.code in areas]
    found = [
        *faults,
        *(Fault(line, one.code, "unknown", _UNKNOWN) for line, one in read if one.code not in areas),
    ]
    shapes = [shape for _, shape in known]
    cells = {shape.code: shape.polygons for shape in shapes if areas[shape.code].level == "cell"}
    stay = {
        code: one.polygons
        for code, one in held.items()
        if code not in lines and code in areas and areas[code].level == "cell"
    }
    found += _find_overlaps(cells, stay, areas, lines)
    found += _find_outside(cells, _find_outline(shapes, areas, held), lines)
    return Check(
        shapes,
        sorted(found, key=lambda fault: (fault.line, fault.kind)),
        [*_remark_villages({*cells, *stay}, areas, villages)],
        added=[one.code for one in shapes if one.code not in held],
        changed=[one.code for one in shapes if one.code in held and not _is_same(one, held[one.code])],
        same=[one.code for one in shapes if one.code in held and _is_same(one, held[one.code])],
    )


def _is_same(shape: NewShape, held: Held) -> bool:
    """A count that the file does not tell stays as it is."""
    return (
        shape.polygons == held.polygons
        and shape.households in {None, held.households}
        and shape.people in {None, held.people}
    )


def _find_outline(
    shapes: Sequence[NewShape], areas: Mapping[str, Spot], held: Mapping[str, Held]
) -> Polygons | None:
    """The county's outline: of the file, else the one that is known."""
    told = {one.code: one.polygons for one in shapes}
    county = next((code for code, area in areas.items() if area.level == "county"), "")
    return told.get(county) or (held[county].polygons if county in held else None)


def _find_overlaps(
    cells: Mapping[str, Polygons],
    stay: Mapping[str, Polygons],
    areas: Mapping[str, Spot],
    lines: Mapping[str, int],
) -> Iterator[Fault]:
    for code, other in _pair_boxes(cells, stay):
        if overlaps(cells[code], cells.get(other) or stay[other], TOLERANCE):
            words = _OVERLAPS.fill(other=f"{areas[other].whole}（{other}）")
            yield Fault(lines[code], code, "overlaps", words)


def _pair_boxes(cells: Mapping[str, Polygons], stay: Mapping[str, Polygons]) -> Iterator[tuple[str, str]]:
    """Every pair of a new cell and another whose boxes meet, once; found by a sweep from west to east."""
    boxes = sorted((_box(one), code) for code, one in (*cells.items(), *stay.items()))
    reach: list[tuple[tuple[int, int, int, int], str]] = []
    for box, code in boxes:
        reach = [one for one in reach if one[0][2] > box[0]]
        for other_box, other in reach:
            if other_box[1] < box[3] and other_box[3] > box[1] and (code in cells or other in cells):
                yield (code, other) if code in cells else (other, code)
        reach.append((box, code))


def _box(polygons: Polygons) -> tuple[int, int, int, int]:
    points = [point for rings in polygons for point in rings[0]]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _find_outside(
    cells: Mapping[str, Polygons], outline: Polygons | None, lines: Mapping[str, int]
) -> Iterator[Fault]:
    if outline is None:
        return
    for code, polygons in cells.items():
        corners = [start for rings in polygons for start, _ in list_sides(rings[0])]
        out = [
            point
            for point in (*corners, find_inside(polygons))
            if locate(point, outline) < 0 and measure_distance(point, outline) > TOLERANCE
        ]
        if out:
            yield Fault(lines[code], code, "outside", _OUTSIDE)


def _remark_villages(
    drawn: set[str], areas: Mapping[str, Spot], villages: Mapping[str, str]
) -> Iterator[Words]:
    """Cells in use without a shape, and villages without any cell."""
    cells = [area for area in areas.values() if area.level == "cell"]
    bare = sorted(area.whole for area in cells if area.code not in drawn)
    if bare:
        yield _BARE.fill(count=len(bare), names="、".join(bare[:5]))
    filled = {name for area in cells for name in area.within[-1:]}
    empty = sorted(name for name in villages.values() if name not in filled)
    if empty:
        yield _EMPTY.fill(count=len(empty), names="、".join(empty[:5]))


_UNKNOWN = Words(
    "没有这个代码的在用地方。请先在“地方”里加上网格。",
    "No area in use has this code. Add the cell to the areas first.",
)
_OVERLAPS = Words("和 {other} 重叠了 3 米以上。", "It overlaps {other} by more than three metres.")
_OUTSIDE = Words("超出了县界。", "It reaches beyond the county.")
_BARE = Words("还有 {count} 个网格没有图形：{names}", "{count} cells have no shape yet: {names}")
_EMPTY = Words("还有 {count} 个村社区没有网格：{names}", "{count} villages have no cell yet: {names}")
