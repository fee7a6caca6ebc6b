"""The names by which texts may call a place, kept in hand: read anew only when their tables have changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from huiyin.grid import store
from huiyin.grid.models import Landmark
from huiyin.grid.rules import Named, Path
from huiyin.grid.values import Spot
from huiyin.language.api import Gazetteer
from huiyin.people.api import Area, list_areas, list_places, read_path


@dataclass(frozen=True, slots=True)
class Names:
    """Names, what each stands for, and every area in use by its id; only to be read."""

    gazetteer: Gazetteer
    named: Mapping[int, tuple[Named, ...]]
    spots: Mapping[int, Spot]
    paths: Mapping[int, Path]
    cells: Mapping[int, tuple[int, ...]]
    """Ids of the cells of a village."""

    def path_of(self, area_id: int | None) -> Path:
        """From the county down to the area; empty for one that is not in use."""
        return self.paths.get(area_id or 0, ())


def load_names() -> Names:
    """The names as they stand in the database now; one statement while nothing in them has changed."""
    return _read(store.stamp_names())


@lru_cache(maxsize=2)
def _read(stamp: str) -> Names:
    """Equal stamps come from equal rows, so that what was read may be kept."""
    del stamp
    areas = {area.pk: area for area in list_areas()}
    spots = {pk: tell_area(area, areas) for pk, area in areas.items()}
    paths = {pk: tuple(read_path(area.path)) for pk, area in areas.items()}
    cells: dict[int, tuple[int, ...]] = {}
    for area in areas.values():
        if area.level == "cell" and area.parent_id:
            cells[area.parent_id] = (*cells.get(area.parent_id, ()), area.pk)
    names: list[tuple[str, int]] = []
    named: dict[int, tuple[Named, ...]] = {}
    for key, (called, area_id) in enumerate((*_call_areas(areas), *_call_places(areas))):
        named[key] = (Named(paths[area_id], areas[area_id].level),)
        names += [(name, key) for name in called]
    return Names(Gazetteer(names), named, spots, paths, cells)


def tell_area(area: Area, areas: Mapping[int, Area]) -> Spot:
    """The area as it is told; `within` are the township and village around it."""
    above = [areas[pk].name for pk in read_path(area.path)[1:-1] if pk in areas]
    return Spot(area.pk, area.code, area.name, area.name_en, area.level, tuple(above))


def _call_areas(areas: Mapping[int, Area]) -> Iterable[tuple[list[str], int]]:
    for area in areas.values():
        if area.level == "cell":
            village = areas.get(area.parent_id or 0)
            own = village is None or area.name.startswith(village.name)
            yield [area.name if own or village is None else f"{village.name}{area.name}"], area.pk
        elif area.level == "village" and area.name.endswith("社区"):
            yield [area.name, f"{area.name.removesuffix('社区')}居委会"], area.pk
        elif area.level != "county":
            yield [area.name], area.pk


def _call_places(areas: Mapping[int, Area]) -> Iterable[tuple[list[str], int]]:
    for place in list_places():
        if place.area_id in areas and areas[place.area_id].level != "county":
            yield [place.title], place.area_id
    for landmark in Landmark.objects.filter(active=True).order_by("pk"):
        area_id = landmark.cell_id or landmark.area_id
        if area_id in areas:
            yield [landmark.name, *landmark.aliases], area_id or 0
