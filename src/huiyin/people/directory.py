"""Looking up units, areas and places."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.models import Area, AreaLevel, Place, Post, Unit, UnitKind
from huiyin.people.values import Officer


def get_unit(unit_id: int) -> Unit:
    """The unit; refuses `unit-not-found`."""
    unit = Unit.objects.filter(pk=unit_id).first()
    if unit is None:
        raise Refusal("unit-not-found", Words("没有这个单位。", "There is no such unit."), field="unit")
    return unit


def find_unit(key: str) -> Unit | None:
    """The active unit with this key."""
    return Unit.objects.filter(key=key, active=True).first()


def list_units(kind: str | None = None) -> list[Unit]:
    """Active units, of one kind if asked, as they are sorted on screen.

    Villages' collectives, which may be hundreds and take no request, are told only when asked for.
    """
    units = Unit.objects.filter(active=True).order_by("sort", "id")
    return list(units.filter(kind=kind) if kind else units.exclude(kind=UnitKind.COLLECTIVE))


def map_units(unit_ids: Iterable[int]) -> dict[int, Unit]:
    """The units by their ids, closed ones too; unknown ids are left out. One statement."""
    return Unit.objects.in_bulk(set(unit_ids))


def list_officers(unit_id: int, on: date, role: str = "handler") -> list[Officer]:
    """Who holds `role` at the unit on that day, in the order of their posts."""
    held = Post.objects.filter(_held(on), unit_id=unit_id, role=role, account__active=True)
    return [
        Officer(post.account_id, post.account.name, post.account.phone, unit_id)
        for post in held.select_related("account").order_by("id")
    ]


def _held(on: date) -> Q:
    return Q(since_on__lte=on) & (Q(until_on__isnull=True) | Q(until_on__gte=on))


def get_area(area_id: int) -> Area:
    """The area; refuses `area-not-found`."""
    area = Area.objects.filter(pk=area_id).first()
    if area is None:
        raise Refusal("area-not-found", Words("没有这个地方。", "There is no such area."), field="area")
    return area


def find_area(code: str) -> Area | None:
    """The area in use with this code."""
    return Area.objects.filter(code=code, active=True).first()


def list_areas(level: str | None = None, parent_id: int | None = None) -> list[Area]:
    """Areas in use, of a level, or right below a parent, or both; by code."""
    areas = Area.objects.filter(active=True).order_by("code")
    areas = areas.filter(level=level) if level else areas
    return list(areas.filter(parent_id=parent_id) if parent_id else areas)


def list_areas_under(area_id: int) -> list[Area]:
    """The area and everything that lies in it, by path."""
    return list(Area.objects.filter(path__startswith=get_area(area_id).path).order_by("path"))


def list_area_path(area_id: int) -> list[Area]:
    """From the county down to the area itself; empty for an unknown area."""
    area = Area.objects.filter(pk=area_id).first()
    above = Area.objects.in_bulk(read_path(area.path)) if area else {}
    return [above[step] for step in read_path(area.path)] if area else []


def find_township_of(area_id: int) -> Area | None:
    """The township in which the area lies (or which it is); None for the county."""
    return next((area for area in list_area_path(area_id) if area.level == AreaLevel.TOWNSHIP), None)


def read_path(path: str) -> list[int]:
    """The ids that a stored path `1/5/17/` lists, from the top down."""
    return [int(step) for step in path.split("/") if step]


def find_place(code: str) -> Place | None:
    """The active place whose QR code says `code`, in any case, with its area loaded."""
    return Place.objects.select_related("area").filter(code=code.strip().upper(), active=True).first()


def list_places(area_id: int | None = None) -> list[Place]:
    """Active places by code, with their areas; those in an area and below it if one is named."""
    places = Place.objects.select_related("area").filter(active=True).order_by("code")
    return list(places.filter(area__path__startswith=get_area(area_id).path) if area_id else places)
