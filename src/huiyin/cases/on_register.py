"""What the register says of the units that a move names; more is looked up only when one is off it."""

from __future__ import annotations

from datetime import date

from huiyin.cases.inputs import Checked
from huiyin.cases.values import CaseState
from huiyin.people.api import UnitKind, map_units
from huiyin.process.api import Actor, Listed, Standing
from huiyin.register.api import DutyInHand, Part, list_duties_for, look_up


def find_standing(case: CaseState, checked: Checked, actor: Actor, on: date) -> Standing:
    """How the units of the inputs stand on the register, and whether the actor may designate."""
    off = _find_off(checked)
    designates = bool(checked.inputs.get("designate"))
    may = not designates or belongs_to_centre(actor)
    if not off or designates:
        return Standing(off=_name(checked, off), may_designate=may)
    category = checked.inputs.get("category") or case.category_id
    duties = list_duties_for(category, case.area_id, on) if category else []
    return Standing(
        off=_name(checked, off),
        townships=_name(checked, [pk for pk in off if _is_pushed_down(pk, checked, duties)]),
        listed=tuple(Listed(duty.unit.zh, duty.clause, duty.part == Part.LEAD) for duty in duties),
        categorised=category is not None,
        field="lead" if checked.inputs.get("lead") in off else "assisting",
    )


def _find_off(checked: Checked) -> list[int]:
    """The units that the register does not give this part; all of them, without a category."""
    lead, named = checked.inputs.get("lead"), checked.named
    parts: list[tuple[int, str | None]] = [
        (unit, None) for unit in checked.inputs.get("assisting", ()) if unit != lead
    ]
    parts += [(lead, "lead")] if lead else []
    return [unit for unit, part in parts if not named.has_duty(unit, part)]


def _name(checked: Checked, unit_ids: list[int]) -> tuple[str, ...]:
    return tuple(checked.named.units[pk].short for pk in unit_ids)


def _is_pushed_down(unit_id: int, checked: Checked, duties: list[DutyInHand]) -> bool:
    """A township is named for what the list lets a department lead, and no township."""
    if checked.named.units[unit_id].kind != UnitKind.TOWNSHIP:
        return False
    leads = map_units(duty.unit_id for duty in duties if duty.part == Part.LEAD).values()
    return bool(leads) and all(unit.kind != UnitKind.TOWNSHIP for unit in leads)


def belongs_to_centre(actor: Actor) -> bool:
    """Whether whoever acts reviews for the centre, or holds a post at it: designating is the centre's."""
    if "centre" in actor.roles:
        return True
    return any(unit.kind == UnitKind.CENTRE for unit in map_units(actor.unit_ids).values())


def may_keep(case: CaseState, on: date) -> bool:
    """Whether the lead unit of the case holds it by the register, or because the centre designated it."""
    if case.lead_id is None:
        return False
    matter = (case.category_id, case.area_id)
    return case.designated or look_up(None, [case.lead_id], matter, on).has_duty(case.lead_id, Part.LEAD)
