"""Which cell, village and township a point, a text or an area speaks of."""

from __future__ import annotations

from collections.abc import Iterable

from huiyin.grid import store
from huiyin.grid.names import Names, load_names
from huiyin.grid.rules import REACH, Path, Reading, Weighed, choose_cell, read_mentions, weigh
from huiyin.grid.values import Point, Resolved, Spot
from huiyin.language.api import find_places

MOST_CANDIDATES = 12
LONGEST = 5_000


def resolve(*, text: str = "", point: Point | None = None, area_id: int | None = None) -> Resolved:
    """Where the matter lies. At most two statements; nothing is said that was not found.

    `point` is in ten-millionths of a degree, WGS-84. `area_id` is what was given for the matter or, without
    that, where its reporter lives: it breaks ties and is said where nothing else is known.
    """
    names = load_names()
    own = names.path_of(area_id)
    reading = _read_text(text[:LONGEST], names, own) if text.strip() else Reading()
    weighed = weigh(reading, _find_at(point, names) if point else None, own)
    return _tell(weighed, reading.mention, names)


def micro_point(lon: int | None, lat: int | None) -> Point | None:
    """A point that is kept in millionths of a degree; None without one."""
    return None if lon is None or lat is None else (lon * 10, lat * 10)


def find_cell(point: Point) -> Resolved:
    """The cell at that point, by its ground alone."""
    return resolve(point=point)


def _read_text(text: str, names: Names, own: Path) -> Reading:
    return read_mentions(text, find_places(text, names.gazetteer), names.named, own)


def _find_at(point: Point, names: Names) -> tuple[Path, str] | None:
    found = choose_cell(point, store.find_cells_at(point, REACH))
    if found is None or found[0] not in names.paths:
        return None
    return names.paths[found[0]], found[1]


def _tell(weighed: Weighed, mention: str, names: Names) -> Resolved:
    path = weighed.path
    if len(path) == 3 and len(names.cells.get(path[2], ())) == 1:
        path = (*path, *names.cells[path[2]])
    spots = [names.spots[pk] for pk in path if pk in names.spots]
    by_level = {spot.level: spot for spot in spots}
    candidates = tuple(_list_spots((one[-1] for one in weighed.candidates), names))
    if not candidates and len(path) == 3:
        candidates = tuple(_list_spots(names.cells.get(path[2], ()), names))
    return Resolved(
        cell=by_level.get("cell"),
        village=by_level.get("village"),
        township=by_level.get("township"),
        mention=mention,
        how=weighed.how if len(path) > 1 or weighed.candidates else "",
        candidates=candidates,
        sure=weighed.sure,
    )


def _list_spots(ids: Iterable[int], names: Names) -> list[Spot]:
    return [names.spots[pk] for pk in dict.fromkeys(ids) if pk in names.spots][:MOST_CANDIDATES]
