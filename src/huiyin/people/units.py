"""Opening, changing and closing units. Every change is written to the journal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from huiyin.kernel.changes import find_changes
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.journalling import note_thing
from huiyin.people.keys import check_desk_phone, check_filled, check_key, refuse_missing, refuse_taken
from huiyin.people.models import Area, Post, Unit, UnitKind
from huiyin.people.values import AccountInHand


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


def list_unit_cards() -> list[UnitCard]:
    """Every unit, closed ones too, as they are sorted on screen. One statement."""
    return [_describe(unit) for unit in Unit.objects.select_related("parent", "area").order_by("sort", "id")]


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


@transaction.atomic
def add_unit(card: UnitCard, *, by: AccountInHand | None, now: datetime) -> Unit:
    """Open a unit. Refuses `bad-key`, `key-taken` and what `change_unit` refuses."""
    check_key(card.key, 60)
    if Unit.objects.filter(key=card.key).exists():
        raise refuse_taken()
    unit = _write(Unit(key=card.key), card)
    note_thing(f"unit:{card.key}", "unit-added", by, now, changes=find_changes(_BLANK, card))
    return unit


@transaction.atomic
def change_unit(card: UnitCard, *, by: AccountInHand | None, now: datetime) -> Unit:
    """Change the unit of that key to what the card says. A card that changes nothing is let be.

    Refuses `entry-not-found`, `words-needed`, `kind-unknown`, `bad-phone`, `unit-not-found` (no such parent),
    `area-not-found`, `parent-circle`, and `unit-in-use` when a unit with posts or parts below it is closed.
    """
    unit = Unit.objects.select_for_update().filter(key=card.key).first()
    if unit is None:
        raise refuse_missing()
    changes = find_changes(_describe(unit), card)
    if not changes:
        return unit
    if "active" in changes and not card.active:
        _refuse_in_use(unit, timezone.localdate(now))
    unit = _write(unit, card)
    note_thing(f"unit:{card.key}", "unit-changed", by, now, changes=changes)
    return unit


def _write(unit: Unit, card: UnitCard) -> Unit:
    check_filled(name=card.name, short=card.short)
    check_desk_phone(card.phone)
    if card.kind not in UnitKind.values:
        raise Refusal("kind-unknown", Words("没有这种单位。", "There is no such kind of unit."), field="kind")
    unit.name, unit.short, unit.name_en = card.name, card.short, card.name_en
    unit.kind, unit.phone, unit.sort, unit.active = card.kind, card.phone, card.sort, card.active
    unit.parent = _find_parent(unit, card.parent)
    unit.area = _find_area(card.area)
    unit.save()
    return unit


def _find_parent(unit: Unit, key: str) -> Unit | None:
    parent = Unit.objects.filter(key=key).first() if key else None
    if key and (parent is None or not (parent.active or parent.pk == unit.parent_id)):
        words = Words("没有代码是 {key} 的在用单位。", "No active unit has the code {key}.").fill(key=key)
        raise Refusal("unit-not-found", words, field="parent")
    above = parent
    while above is not None:
        if above.pk == unit.pk:
            words = Words("上级单位不能是自己或自己的下级。", "A unit cannot be above itself.")
            raise Refusal("parent-circle", words, field="parent")
        above = above.parent
    return parent


def _find_area(code: str) -> Area | None:
    area = Area.objects.filter(code=code).first() if code else None
    if code and area is None:
        words = Words("没有代码是 {code} 的地方。", "No area has the code {code}.").fill(code=code)
        raise Refusal("area-not-found", words, field="area")
    return area


def _refuse_in_use(unit: Unit, today: object) -> None:
    held = Post.objects.filter(Q(until_on__isnull=True) | Q(until_on__gte=today), unit=unit).count()
    below = unit.children.filter(active=True).count()
    if held or below:
        words = Words(
            "这个单位还有 {held} 个在任岗位、{below} 个下级单位，先把它们结束或改到别处。",
            "The unit still has {held} posts and {below} units below it: end or move them first.",
        )
        raise Refusal("unit-in-use", words.fill(held=held, below=below), field="active")


_BLANK = UnitCard("", "", "", "")
"""What a new unit is compared with, so that its first entry tells all that was filled in."""
