"""Adding, changing, moving and ending areas. Every change is written to the journal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.keeping import Keeper, put_under_parents
from huiyin.people.keys import check_filled, check_key, check_position
from huiyin.people.models import Area, AreaLevel, Place, Unit
from huiyin.people.store import set_area_paths

LEVELS: tuple[str, ...] = tuple(AreaLevel.values)
"""From the county down: an area lies in one of the level right above its own."""


@dataclass(frozen=True, slots=True)
class AreaCard:
    """What is kept of an area; `parent` is a code and rules the level, `lon` and `lat` are microdegrees."""

    code: str
    name: str
    parent: str = ""
    name_en: str = ""
    lon: int | None = None
    lat: int | None = None
    active: bool = True


def map_areas(codes: Iterable[str]) -> dict[str, Area]:
    """The areas of these codes, ended ones too; unknown ones are left out. One statement."""
    return {area.code: area for area in Area.objects.filter(code__in=set(codes))}


def choose_area(code: str, areas: Mapping[str, Area], held_id: int | None = None) -> Area:
    """The area of that code, out of `areas`. Refuses `area-not-found`: none, or one that has ended.

    What lies there already (`held_id`) stays, ended or not.
    """
    area = areas.get(code)
    if area is None or not (area.active or area.pk == held_id):
        words = Words("没有代码是 {code} 的在用地方。", "No area in use has the code {code}.").fill(code=code)
        raise Refusal("area-not-found", words, field="area")
    return area


def _describe(area: Area) -> AreaCard:
    return AreaCard(
        code=area.code,
        name=area.name,
        parent=area.parent.code if area.parent else "",
        name_en=area.name_en,
        lon=area.lon_microdegrees,
        lat=area.lat_microdegrees,
        active=area.active,
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """Every area by its code, what lies right below each, and the ids of those that places or units use."""

    areas: dict[str, Area]
    below: dict[int, list[Area]]
    used: frozenset[int]


def _know(cards: Sequence[AreaCard], held: Sequence[Area], _now: datetime) -> _Known:
    areas = {area.code: area for area in (*Area.objects.all(), *held)}
    ended = {areas[card.code].pk for card in cards if not card.active and card.code in areas}
    places = Place.objects.filter(active=True, area_id__in=ended).values_list("area_id", flat=True)
    units = Unit.objects.filter(active=True, area_id__in=ended).values_list("area_id", flat=True)
    below: dict[int, list[Area]] = {}
    for area in areas.values():
        below.setdefault(area.parent_id or 0, []).append(area)
    return _Known(areas, below, frozenset(number for number in (*places, *units) if number))


def _settle(area: Area, card: AreaCard, known: _Known) -> dict[str, Any]:
    check_filled(name=card.name)
    check_position(card.lon, card.lat)
    if area.pk and area.active and not card.active:
        _refuse_in_use(area, known)
    parent = _find_parent(area, card, known.areas)
    known.below.setdefault(parent.pk if parent else 0, []).append(area)
    return {
        "name": card.name,
        "name_en": card.name_en,
        "level": LEVELS[LEVELS.index(parent.level) + 1] if parent else LEVELS[0],
        "parent": parent,
        "lon_microdegrees": card.lon,
        "lat_microdegrees": card.lat,
        "active": card.active,
    }


def _find_parent(area: Area, card: AreaCard, areas: Mapping[str, Area]) -> Area | None:
    if not card.parent:
        _refuse_second_county(area, areas)
        return None
    parent = areas.get(card.parent)
    stays = parent is not None and parent.pk == area.parent_id and not (card.active and not area.active)
    if parent is None or not (parent.active or stays):
        words = Words("没有代码是 {code} 的在用地方。", "No area in use has the code {code}.")
        raise Refusal("parent-not-found", words.fill(code=card.parent), field="parent")
    if parent.level == LEVELS[-1]:
        raise Refusal("too-deep", Words("网格下面不能再分。", "A cell holds no areas."), field="parent")
    if area.pk and area.level != LEVELS[LEVELS.index(parent.level) + 1]:
        words = Words(
            "只能换到同一级的上级：村换乡镇，网格换村。",
            "It moves within its level: a village to another township, a cell to another village.",
        )
        raise Refusal("level-changes", words, field="parent")
    return parent


def _refuse_second_county(area: Area, areas: Mapping[str, Area]) -> None:
    if any(one.parent_id is None and one.pk != area.pk for one in areas.values()):
        words = Words(
            "县已经有了；别的地方都要填上级。", "There is a county: every other area lies in one above."
        )
        raise Refusal("parent-needed", words, field="parent")


def _refuse_in_use(area: Area, known: _Known) -> None:
    below = sum(one.active and one.parent_id == area.pk for one in known.below.get(area.pk, ()))
    if below or area.pk in known.used:
        words = Words(
            "这个地方还有 {below} 个在用的下级地方，或者有在用的单位、扫码点位，先改到别处。",
            "It still has {below} areas in use below it, or units or QR places: move or close them first.",
        )
        raise Refusal("area-in-use", words.fill(below=below), field="active")


AREA_KEEPER = Keeper(
    entries=Area.objects,
    blank=AreaCard("", ""),
    key="code",
    chain="area",
    noun="area",
    describe=_describe,
    know=_know,
    settle=_settle,
    check_key=lambda code: check_key(code, 20, "code"),
    related=("parent",),
    order=("code",),
    arrange=put_under_parents,
    rest=set_area_paths,
)
"""Refuses `bad-key`, `key-taken`, `entry-not-found`, `words-needed`, `bad-position`, `parent-needed` (there
is one county), `parent-not-found`, `too-deep`, `level-changes` (a village never becomes a township) and
`area-in-use`. Cases keep the township in which they were opened; duties follow the area where it goes."""
