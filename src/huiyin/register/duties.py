"""Who answers for what, where: reading the register of duties."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from huiyin.register import store
from huiyin.register.models import Duty, Part
from huiyin.register.values import DutyInHand, Named


def list_duties_for(category_id: int, area_id: int | None, on: date) -> list[DutyInHand]:
    """Every duty in force for the category or its ancestors, in the area or above; most specific first.

    `area_id` None asks for the duties that hold for the whole county alone.
    """
    return store.list_duties_for(category_id, area_id, on)


def unit_on_register(
    unit_id: int, category_id: int, area_id: int | None, on: date, part: str | None = None
) -> DutyInHand | None:
    """The most specific duty by which the unit may be given the matter, or None when it is off the list.

    With `part` the unit must hold that very part: `lead` asks whether it may lead.
    """
    duties = store.list_duties_for(category_id, area_id, on)
    return next((duty for duty in duties if duty.unit_id == unit_id and part in (None, duty.part)), None)


def look_up(
    category_id: int | None,
    unit_ids: Collection[int],
    matter: tuple[int | None, int | None],
    on: date,
) -> Named:
    """Whether there is that category, which of the units there are, and what they may do in the `matter`.

    `matter` is the category and the area of the case; without a category nobody has a duty. One statement.
    """
    return store.look_up(category_id, sorted(unit_ids), *matter, on)


def list_units_off_register(
    unit_ids: frozenset[int], category_id: int, area_id: int | None, on: date
) -> frozenset[int]:
    """Those of `unit_ids` that the register does not give this matter. One statement."""
    return unit_ids - store.list_units_on_register(category_id, area_id, on)


def find_lead_duty(category_id: int, area_id: int | None, on: date) -> DutyInHand | None:
    """The duty of the unit that should lead: the most specific lead."""
    duties = store.list_duties_for(category_id, area_id, on)
    return next((duty for duty in duties if duty.part == Part.LEAD), None)


def list_duties_of(unit_id: int, on: date) -> list[Duty]:
    """What a unit answers for on that day, by clause, with category and area loaded."""
    duties = Duty.objects.filter(unit_id=unit_id, valid_from__lte=on).exclude(valid_until__lt=on)
    return list(duties.select_related("category", "area").order_by("clause", "id"))


def list_standing(unit_id: int, category_id: int, area_id: int | None, part: str, on: date) -> list[Duty]:
    """The unit's duties for that very category, area and part which hold on that day or begin after it."""
    found = Duty.objects.filter(unit_id=unit_id, category_id=category_id, part=part)
    found = found.filter(area=None) if area_id is None else found.filter(area_id=area_id)
    return list(found.exclude(valid_until__lt=on).order_by("id"))


def list_all_duties() -> list[Duty]:
    """Every duty that is or was on the register: by category, unit and start. One statement."""
    duties = Duty.objects.select_related("unit", "category", "area")
    return list(duties.order_by("category__code", "unit__sort", "valid_from", "id"))
