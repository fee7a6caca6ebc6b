"""Opening, changing and closing units. Every change is written to the journal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.areas import choose_area, map_areas
from huiyin.people.keeping import Keeper
from huiyin.people.keys import check_desk_phone, check_filled, check_key
from huiyin.people.models import Area, Post, Unit, UnitKind


@dataclass(frozen=True, slots=True)
class UnitCard:
    """What is kept of a unit; `parent` is a unit's key, `area` an area's code, either may be empty."""

    key: str
    name: str
    short: str
    kind: str
    name_en: str = ""
    parent: str = ""
    area: str = ""
    phone: str = ""
    sort: int = 0
    active: bool = True


def _describe(unit: Unit) -> UnitCard:
    return UnitCard(
        key=unit.key,
        name=unit.name,
        short=unit.short,
        kind=unit.kind,
        name_en=unit.name_en,
        parent=unit.parent.key if unit.parent else "",
        area=unit.area.code if unit.area else "",
        phone=unit.phone,
        sort=unit.sort,
        active=unit.active,
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """Every unit by key and by id, the areas that are named, the posts at units that are to be closed."""

    units: dict[str, Unit]
    by_id: dict[int, Unit]
    areas: dict[str, Area]
    posts: dict[int, int]


def _know(cards: Sequence[UnitCard], held: Sequence[Unit], now: datetime) -> _Known:
    closed = {card.key for card in cards if not card.active}
    units = {unit.key: unit for unit in (*Unit.objects.all(), *held)}
    return _Known(
        units,
        {unit.pk: unit for unit in units.values()},
        map_areas(card.area for card in cards),
        _count_posts([unit.pk for unit in held if unit.key in closed], timezone.localdate(now)),
    )


def _count_posts(unit_ids: Sequence[int], on: date) -> dict[int, int]:
    """Posts by unit that are held on that day or later."""
    held = Q(until_on__isnull=True) | Q(until_on__gte=on)
    posts = Post.objects.filter(held, unit_id__in=unit_ids).values_list("unit_id")
    return dict(posts.annotate(count=Count("pk")))


def _settle(unit: Unit, card: UnitCard, known: _Known) -> dict[str, Any]:
    if unit.pk and unit.active and not card.active:
        _refuse_in_use(unit, known)
    check_filled(name=card.name, short=card.short)
    check_desk_phone(card.phone)
    if card.kind not in UnitKind.values:
        raise Refusal("kind-unknown", Words("没有这种单位。", "There is no such kind of unit."), field="kind")
    parent = _find_parent(unit, card.parent, known)
    area = choose_area(card.area, known.areas, unit.area_id) if card.area else None
    known.units[card.key] = unit
    return {
        "name": card.name,
        "short": card.short,
        "name_en": card.name_en,
        "kind": card.kind,
        "phone": card.phone,
        "sort": card.sort,
        "active": card.active,
        "parent": parent,
        "area": area,
    }


def _find_parent(unit: Unit, key: str, known: _Known) -> Unit | None:
    parent = known.units.get(key) if key else None
    if key and (parent is None or parent.pk is None or not (parent.active or parent.pk == unit.parent_id)):
        words = Words("没有代码是 {key} 的在用单位。", "No active unit has the code {key}.").fill(key=key)
        raise Refusal("unit-not-found", words, field="parent")
    above = parent
    while above is not None:
        if above.pk == unit.pk:
            words = Words("上级单位不能是自己或自己的下级。", "A unit cannot be above itself.")
            raise Refusal("parent-circle", words, field="parent")
        above = known.by_id.get(above.parent_id or 0)
    return parent


def _refuse_in_use(unit: Unit, known: _Known) -> None:
    held = known.posts.get(unit.pk, 0)
    below = sum(one.active and one.parent_id == unit.pk for one in known.units.values())
    if held or below:
        words = Words(
            "这个单位还有 {held} 个在任岗位、{below} 个下级单位，先把它们结束或改到别处。",
            "The unit still has {held} posts and {below} units below it: end or move them first.",
        )
        raise Refusal("unit-in-use", words.fill(held=held, below=below), field="active")


UNIT_KEEPER = Keeper(
    entries=Unit.objects,
    blank=UnitCard("", "", "", ""),
    key="key",
    chain="unit",
    noun="unit",
    describe=_describe,
    know=_know,
    settle=_settle,
    check_key=lambda key: check_key(key, 60),
    related=("parent", "area"),
)
"""Refuses `bad-key`, `key-taken`, `entry-not-found`, `words-needed`, `kind-unknown`, `bad-phone`,
`unit-not-found` (no such parent), `area-not-found`, `parent-circle`, and `unit-in-use` when a unit with posts
or parts below it is closed."""
