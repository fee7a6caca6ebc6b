"""Puts the map and the table beside it together: the county by township, or one township by cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from huiyin.console.grid.colouring import NOTHING, Tally, count_cell, shade, tell_piece
from huiyin.console.grid.drawing import Name, Piece, Sheet, draw_map, gather
from huiyin.grid.api import Cell, Polygons, list_cells, load_shapes
from huiyin.kernel.texts import fold
from huiyin.kernel.words import Words
from huiyin.pages.api import address, local
from huiyin.placing.api import count_cell_cases

MOST_PIECES = 400
"""Where a county has more cells, its map is drawn by township."""
MOST_ROWS = 300
MOST_ASKED = 24


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked at: one township or the whole county, coloured by what, searched for what."""

    township: int | None = None
    show: str = "open"
    q: str = ""


@dataclass(frozen=True, slots=True)
class TownshipRow:
    """A township with what stands against its cells."""

    id: int
    name: Words
    tally: Tally


@dataclass(frozen=True, slots=True)
class Board:
    """Everything of the page. `cells` are listed where a township is open or something is searched."""

    sheet: Sheet | None
    townships: Sequence[TownshipRow]
    cells: Sequence[tuple[Cell, Tally]]
    more: int
    whole: Tally
    scope: Tally
    opened: TownshipRow | None
    undrawn: int


def make_board(asked: Asked, now: datetime) -> Board:
    """Read cells, holders of the day, open cases and shapes (four statements), and arrange them."""
    counts = count_cell_cases(now)
    every = [(cell, count_cell(cell, counts)) for cell in list_cells(local(now).date())]
    shapes = load_shapes()
    townships = _list_townships(every)
    opened = next((one for one in townships if one.id == asked.township), None)
    inside = [pair for pair in every if opened is None or pair[0].row.township_id == opened.id]
    found = [pair for pair in inside if _fits(pair, asked, whole=opened is None)]
    return Board(
        sheet=_draw(inside, shapes, asked, opened),
        townships=townships,
        cells=found[:MOST_ROWS],
        more=max(0, len(found) - MOST_ROWS),
        whole=sum((tally for _, tally in every), NOTHING),
        scope=sum((tally for _, tally in inside), NOTHING),
        opened=opened,
        undrawn=sum(not cell.row.drawn for cell, _ in inside),
    )


def _list_townships(every: Sequence[tuple[Cell, Tally]]) -> list[TownshipRow]:
    tallies: dict[int, Tally] = {}
    names: dict[int, Words] = {}
    for cell, tally in every:
        tallies[cell.row.township_id] = tallies.get(cell.row.township_id, NOTHING) + tally
        names[cell.row.township_id] = cell.row.township
    return [TownshipRow(pk, names[pk], tally) for pk, tally in tallies.items()]


def _fits(pair: tuple[Cell, Tally], asked: Asked, *, whole: bool) -> bool:
    """Of the whole county only what is searched for, or what the map warns of, is listed cell by cell."""
    cell, tally = pair
    if asked.q:
        row, acting = cell.row, cell.acting
        names = (row.code, row.name, row.name_en, row.village_name, row.township_name)
        told = fold(" ".join((*names, acting.name if acting else "")))
        return all(part in told for part in fold(asked.q).split())
    if asked.show == "vacant":
        return bool(tally.vacant)
    if asked.show == "overdue":
        return bool(tally.overdue)
    return not whole


def _draw(
    inside: Sequence[tuple[Cell, Tally]],
    shapes: Mapping[int, Polygons],
    asked: Asked,
    opened: TownshipRow | None,
) -> Sheet | None:
    if opened is None:
        labels = _label_townships(inside, shapes, asked)
        return draw_map(_list_pieces(inside, shapes, asked), labels)
    labels = [(gather([cell.row.id], shapes), shorten_name(cell), "") for cell, _ in inside]
    return draw_map(_list_pieces(inside, shapes, asked), labels)


def _list_pieces(
    inside: Sequence[tuple[Cell, Tally]], shapes: Mapping[int, Polygons], asked: Asked
) -> list[Piece]:
    if asked.township is None and len(inside) > MOST_PIECES:
        return _list_township_pieces(inside, shapes, asked)
    return [
        Piece(
            gather([cell.row.id], shapes),
            tell_piece(cell.row.called, tally),
            shade(tally, asked.show),
            reverse("console:grid-cell", args=[cell.row.code]),
            cell.row.township_id if asked.township is None else cell.row.village_id,
        )
        for cell, tally in inside
        if cell.row.id in shapes
    ]


def _list_township_pieces(
    inside: Sequence[tuple[Cell, Tally]], shapes: Mapping[int, Polygons], asked: Asked
) -> list[Piece]:
    by_township: dict[int, list[Cell]] = {}
    for cell, _ in inside:
        by_township.setdefault(cell.row.township_id, []).append(cell)
    return [
        Piece(
            gather([cell.row.id for cell in by_township[one.id]], shapes),
            tell_piece(one.name, one.tally),
            shade(one.tally, asked.show),
            lead_to(asked, one.id),
            one.id,
        )
        for one in _list_townships(inside)
    ]


def lead_to(asked: Asked, township: int | None) -> str:
    """The address of the map of a township, coloured as now."""
    query = {"township": str(township or ""), "show": "" if asked.show == "open" else asked.show}
    return reverse("console:grid") + address({key: value for key, value in query.items() if value})


def _label_townships(
    inside: Sequence[tuple[Cell, Tally]], shapes: Mapping[int, Polygons], asked: Asked
) -> list[Name]:
    """Each name in the middle of its township, by a few of its cells: they need not all be asked."""
    by_township: dict[int, list[int]] = {}
    names: dict[int, Words] = {}
    for cell, _ in inside:
        by_township.setdefault(cell.row.township_id, []).append(cell.row.id)
        names[cell.row.township_id] = cell.row.township
    return [
        (gather(ids[:: 1 + len(ids) // MOST_ASKED], shapes), names[pk], lead_to(asked, pk))
        for pk, ids in by_township.items()
    ]


def shorten_name(cell: Cell) -> Words:
    """The name on the map of a township: 北门 一; long names of villages are cut at 社区 or 村."""
    row = cell.row
    village = row.village_name.removesuffix("社区").removesuffix("村")
    rest = row.name.removeprefix(row.village_name).removeprefix("第").removesuffix("网格")
    told = row.name_en
    for word in (" Community", " Village", " Cell"):
        told = told.replace(word, "")
    return Words(f"{village}{rest}", told)
