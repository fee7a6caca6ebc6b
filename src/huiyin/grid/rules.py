"""Decides who acts for a cell, and which area a text or a point means. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from huiyin.grid.geometry import METRE, locate, measure_distance
from huiyin.grid.values import OnDuty, Point, Polygons
from huiyin.language.api import Mention

REACH = 30 * METRE
"""How far beyond the border of the nearest cell a point may lie and still be told as its: thirty metres."""
ADJACENT = 2
"""Signs that may stand between a township and the village named with it: 石门镇 的 上坝村."""


def choose_acting(holders: Iterable[OnDuty]) -> list[OnDuty]:
    """The same holders; in each cell the first who is not away is marked as acting."""
    told: list[OnDuty] = []
    for _, held in groupby(holders, key=lambda one: one.cell_id):
        team = list(held)
        first = next((one for one in team if not one.absent_until), None)
        told += [replace(one, acts=one is first) for one in team]
    return told


def choose_cell(point: Point, near: Sequence[tuple[int, Polygons]]) -> tuple[int, str] | None:
    """The id of the cell that holds the point, and `point`; the nearest and `border` on or just beyond one.

    `near` are cells whose boxes come near, by code: of several that touch the point the first is told.
    """
    border: tuple[float, int] | None = None
    for cell_id, polygons in near:
        found = locate(point, polygons)
        if found > 0:
            return cell_id, "point"
        distance = 0.0 if found == 0 else measure_distance(point, polygons)
        if distance <= REACH and (border is None or distance < border[0]):
            border = distance, cell_id
    return (border[1], "border") if border else None


@dataclass(frozen=True, slots=True)
class Named:
    """What a name may stand for: an area by its path of ids from the county down, and its level."""

    path: tuple[int, ...]
    level: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says of places: paths that it may mean, and the words for it. Several: nobody can tell."""

    paths: tuple[tuple[int, ...], ...] = ()
    mention: str = ""


def read_mentions(
    text: str, mentions: Sequence[Mention], named: Mapping[int, Sequence[Named]], own: tuple[int, ...] = ()
) -> Reading:
    """The areas that the mentions of a text mean.

    A township named right before a village belongs to it; one named elsewhere narrows what is ambiguous; so
    does `own`, the path of the reporter's area, in the end. What stays apart is told as candidates.
    """
    places = [_Place(one, _list_paths(one, named)) for one in mentions if one.keys]
    places = [place for place in places if place.paths]
    if not places:
        return Reading(mention=_tell(text, mentions[:1]))
    towns = [place for place in places if all(len(path) == 2 for path in place.paths)]
    deep = [place for place in places if place not in towns and any(len(path) > 2 for path in place.paths)]
    if not deep:
        return _settle(
            [path for place in (towns or places) for path in place.paths], own, _tell_places(text, places)
        )
    paths = [path for place in deep for path in _narrow(place, towns)]
    used = [*(town for town in towns if any(_is_before(town, place) for place in deep)), *deep]
    return _settle(paths, own, _tell_places(text, used))


@dataclass(frozen=True, slots=True)
class _Place:
    mention: Mention
    paths: tuple[tuple[int, ...], ...]


def _list_paths(mention: Mention, named: Mapping[int, Sequence[Named]]) -> tuple[tuple[int, ...], ...]:
    """Paths that the name stands for; the county itself says nothing."""
    found = dict.fromkeys(one.path for key in mention.keys for one in named.get(key, ()))
    return tuple(path for path in found if len(path) > 1)


def _is_before(town: _Place, place: _Place) -> bool:
    return 0 <= place.mention.start - town.mention.end <= ADJACENT


def _narrow(place: _Place, towns: Sequence[_Place]) -> list[tuple[int, ...]]:
    """What a name may mean, with the townships that the text names."""
    beside = [path for town in towns if _is_before(town, place) for path in town.paths]
    if beside:
        within = [path for path in place.paths if any(_lies_in(path, town) for town in beside)]
        return within or [*beside, *place.paths]
    if len(place.paths) == 1:
        return list(place.paths)
    for town in sorted(towns, key=lambda one: abs(one.mention.start - place.mention.start)):
        within = [path for path in place.paths if any(_lies_in(path, one) for one in town.paths)]
        if within:
            return within
    return list(place.paths)


def _settle(paths: Sequence[tuple[int, ...]], own: tuple[int, ...], mention: str) -> Reading:
    """One area where the paths agree: a deeper one within another says the same, more closely."""
    apart = _drop_outer(dict.fromkeys(paths))
    if len(apart) > 1 and own:
        for depth in range(len(own), 1, -1):
            within = [path for path in apart if _lies_in(path, own[:depth])]
            if within:
                return Reading(tuple(within), mention)
    return Reading(tuple(apart), mention)


def _drop_outer(paths: Iterable[tuple[int, ...]]) -> list[tuple[int, ...]]:
    known = list(paths)
    return [path for path in known if not any(other != path and _lies_in(other, path) for other in known)]


def _lies_in(path: tuple[int, ...], outer: tuple[int, ...]) -> bool:
    return path[: len(outer)] == outer


def share_path(paths: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    """How far down all paths agree."""
    shared: list[int] = []
    for steps in zip(*paths, strict=False):
        if len(set(steps)) > 1:
            break
        shared.append(steps[0])
    return tuple(shared)


def _tell_places(text: str, places: Sequence[_Place]) -> str:
    return _tell(text, [place.mention for place in places])


def _tell(text: str, mentions: Sequence[Mention]) -> str:
    """The words of the text from the first to the last mention where they stand together, else one by one."""
    ordered = sorted(mentions, key=lambda one: one.start)
    told: list[list[int]] = []
    for one in ordered:
        end = one.end + len(one.detail)
        if told and one.start - told[-1][1] <= ADJACENT:
            told[-1][1] = max(told[-1][1], end)
        else:
            told.append([one.start, end])
    return "、".join(dict.fromkeys(text[start:end] for start, end in told[:3]))


Path = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Weighed:
    """What all evidence together says: the path as far as it is known, what says so, what it may be else."""

    path: Path = ()
    how: str = ""
    candidates: tuple[Path, ...] = ()
    sure: bool = False


def weigh(reading: Reading, spot: tuple[Path, str] | None, own: Path = ()) -> Weighed:
    """Bring text, point and given area together.

    A point decides among what a text may mean. Where a point and a text, or a text and the given area, speak
    of different ground, nothing is sure and both are candidates.
    """
    given = own if len(own) > 1 else ()
    if spot is not None:
        return _weigh_point(reading, spot, given)
    if not reading.paths:
        return Weighed(given, "area", sure=True) if given else Weighed()
    if len(reading.paths) > 1:
        return Weighed(share_path(reading.paths), "text", reading.paths)
    (path,) = reading.paths
    if given and _lies_in(given, path):
        return Weighed(given, "area", sure=True)
    if given and not _lies_in(path, given):
        return Weighed(path, "text", (path, given))
    return Weighed(path, "text", sure=True)


def _weigh_point(reading: Reading, spot: tuple[Path, str], given: Path) -> Weighed:
    path, how = spot
    others = reading.paths or ((given,) if given else ())
    if not others or any(_lies_in(path, one) for one in others):
        return Weighed(path, how, sure=how == "point")
    closer = [one for one in others if _lies_in(one, path)]
    if len(closer) == 1:
        return Weighed(closer[0], "text", sure=True)
    return Weighed(share_path([path, *others]), how, (path, *others))
