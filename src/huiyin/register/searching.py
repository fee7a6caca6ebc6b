"""Finds duties by words, unit, area, category, part and day, for anybody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from huiyin.kernel.texts import clean, fold
from huiyin.people.api import Area, read_path
from huiyin.register.in_hand import load_catalogue
from huiyin.register.models import Category, Duty

MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class DutyQuery:
    """What is asked of the register; what is empty does not narrow. `on` None asks for every day.

    Each of the `words` must stand in the clause, the basis, the unit, the area, or in the category, those
    above it and those below it: whoever searches for street lamps finds the duty for street fixtures.
    """

    words: str = ""
    unit_id: int | None = None
    area_id: int | None = None
    category_id: int | None = None
    part: str = ""
    on: date | None = None


def find_duties(query: DutyQuery, first: int = 0, most: int | None = None) -> list[Duty]:
    """The duties that fit, by category, unit and clause, with what they refer to."""
    found = _choose(query).select_related("unit", "area", "category__parent__parent")
    found = found.order_by("category__code", "area__code", "unit__sort", "clause", "id")
    return list(found[first : None if most is None else first + most])


def count_duties(query: DutyQuery) -> int:
    """How many there are."""
    return _choose(query).count()


def _choose(query: DutyQuery) -> QuerySet[Duty]:
    found = Duty.objects.all()
    if query.on is not None:
        found = found.filter(valid_from__lte=query.on).exclude(valid_until__lt=query.on)
    if query.unit_id is not None:
        found = found.filter(unit_id=query.unit_id)
    if query.part:
        found = found.filter(part=query.part)
    if query.category_id is not None:
        found = found.filter(category_id__in=_list_around({query.category_id}))
    if query.area_id is not None:
        found = found.filter(_lies_around(query.area_id))
    for word in clean(query.words).split()[:MOST_WORDS]:
        found = found.filter(_says(word))
    return found


def _lies_around(area_id: int) -> Q:
    """What holds in the area: duties of the whole county, of what lies above it, of what lies within it."""
    area = Area.objects.filter(pk=area_id).first()
    if area is None:
        return Q(pk__in=[])
    return Q(area=None) | Q(area_id__in=read_path(area.path)) | Q(area__path__startswith=area.path)


_PLACES = (
    "clause",
    "basis",
    "unit__name",
    "unit__short",
    "unit__name_en",
    "area__name",
    "area__name_en",
)


def _says(word: str) -> Q:
    """As it was typed, and with full-width signs narrowed: papers are cited either way."""
    told = Q(category_id__in=_list_around(_list_named(fold(word))))
    for place in _PLACES:
        for written in {word, fold(word)}:
            told |= Q(**{f"{place}__icontains": written})
    return told


def _list_named(word: str) -> set[int]:
    return {category.pk for category in load_catalogue().categories if word in _tell(category)}


def _tell(category: Category) -> str:
    parts: Iterable[Any] = (category.code, category.name, category.name_en, *category.keywords)
    return fold(" ".join(map(str, parts)))


def _list_around(category_ids: set[int]) -> set[int]:
    """Those categories, what lies above them and what lies below them."""
    known = load_catalogue().categories
    above = {step for one in known if one.pk in category_ids for step in read_path(one.path)}
    below = {one.pk for one in known if category_ids.intersection(read_path(one.path))}
    return above | below | category_ids
