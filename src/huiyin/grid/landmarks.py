"""Keeping landmarks: roads, estates, buildings and other names of areas. Every change is journalled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from huiyin.grid import store
from huiyin.grid.models import Landmark
from huiyin.grid.rules import REACH, choose_cell
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.api import Area, Keeper, check_filled, check_position, choose_area, map_areas

KINDS: dict[str, Words] = {
    "road": Words("道路", "Road"),
    "estate": Words("小区", "Estate"),
    "site": Words("地标", "Landmark"),
    "alias": Words("别名、老地名", "Other name of an area"),
}
"""What a landmark may be."""


@dataclass(frozen=True, slots=True)
class LandmarkCard:
    """What is kept of a landmark; `area` is a code, `lon` and `lat` are millionths of a degree."""

    name: str
    kind: str
    area: str = ""
    aliases: tuple[str, ...] = ()
    lon: int | None = None
    lat: int | None = None
    active: bool = True
    id: int | None = None


def _describe(landmark: Landmark) -> LandmarkCard:
    return LandmarkCard(
        name=landmark.name,
        kind=landmark.kind,
        area=landmark.area.code if landmark.area else "",
        aliases=tuple(landmark.aliases),
        lon=landmark.lon_microdegrees,
        lat=landmark.lat_microdegrees,
        active=landmark.active,
        id=landmark.pk,
    )


def _know(cards: Sequence[LandmarkCard], _held: Sequence[Landmark], _now: datetime) -> dict[str, Area]:
    return map_areas(card.area for card in cards if card.area)


def _settle(landmark: Landmark, card: LandmarkCard, areas: dict[str, Area]) -> dict[str, Any]:
    check_filled(name=card.name)
    check_position(card.lon, card.lat)
    for name in (card.name, *card.aliases):
        if len(name.strip()) < 2:
            words = Words("名称和别名至少两个字。", "Names have two signs at least.")
            raise Refusal("name-too-short", words, field="name" if name == card.name else "aliases")
    if card.kind not in KINDS:
        raise Refusal("unknown-kind", Words("没有这一种。", "There is no such kind."), field="kind")
    if not card.area and card.lon is None:
        words = Words("请填所在地方，或者经纬度。", "Say in which area it lies, or give its point.")
        raise Refusal("no-place", words, field="area")
    area = choose_area(card.area, areas, landmark.area_id) if card.area else None
    return {
        "name": card.name,
        "aliases": list(card.aliases),
        "kind": card.kind,
        "area": area,
        "cell_id": _find_cell(card.lon, card.lat),
        "lon_microdegrees": card.lon,
        "lat_microdegrees": card.lat,
        "active": card.active,
    }


def _find_cell(lon: int | None, lat: int | None) -> int | None:
    if lon is None or lat is None:
        return None
    point = lon * 10, lat * 10
    found = choose_cell(point, store.find_cells_at(point, REACH))
    return found[0] if found else None


def place_landmarks() -> None:
    """Find the cells of all points anew, after shapes have changed."""
    changed = []
    for landmark in Landmark.objects.filter(lon_microdegrees__isnull=False).order_by("pk"):
        cell_id = _find_cell(landmark.lon_microdegrees, landmark.lat_microdegrees)
        if landmark.cell_id != cell_id:
            landmark.cell_id = cell_id
            changed.append(landmark)
    Landmark.objects.bulk_update(changed, ["cell"], batch_size=1_000)


LANDMARK_KEEPER = Keeper(
    entries=Landmark.objects,
    blank=LandmarkCard("", ""),
    key="id",
    chain="landmark",
    noun="landmark",
    describe=_describe,
    know=_know,
    settle=_settle,
    related=("area",),
    order=("name", "id"),
)
"""Refuses `entry-not-found`, `words-needed`, `bad-position`, `name-too-short`, `unknown-kind`, `no-place` and
`area-not-found`."""
