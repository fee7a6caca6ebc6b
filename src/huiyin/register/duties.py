"""Who answers for what, where: reading the duty register and changing it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand
from huiyin.register import store
from huiyin.register.journalling import note_all
from huiyin.register.models import Duty, Part
from huiyin.register.values import DutyInHand, Named, NewDuty

RULE = "国办函〔2025〕66号"


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


def list_all_duties() -> list[Duty]:
    """Every duty that is or was on the register: by category, unit and start. One statement."""
    duties = Duty.objects.select_related("unit", "category", "area")
    return list(duties.order_by("category__code", "unit__sort", "valid_from", "id"))


def add_duty(new: NewDuty, *, by: AccountInHand | None, now: datetime) -> Duty:
    """Admit a duty (职责准入). Refuses `clause-needed` (none cited), `part-unknown`, `ends-before-start`."""
    check_duty(new)
    (duty,) = add_duties([new], by=by, now=now)
    return duty


def check_duty(new: NewDuty) -> None:
    """Refuses what `add_duty` refuses."""
    if not clean(new.clause):
        words = Words("请写明派单目录或职责清单的条款。", "Cite the clause of the catalogue or duty list.")
        raise Refusal("clause-needed", words, rule=RULE, field="clause")
    if new.part not in Part.values:
        raise Refusal("part-unknown", Words("只有主办和协办。", "A unit leads or assists."), field="part")
    if new.valid_until is not None and new.valid_until < new.valid_from:
        raise _ends_before_start()


@transaction.atomic
def add_duties(news: Sequence[NewDuty], *, by: AccountInHand | None, now: datetime) -> list[Duty]:
    """Admit many duties that passed `check_duty`: three statements."""
    duties = Duty.objects.bulk_create(
        [
            Duty(
                unit_id=new.unit_id,
                category_id=new.category_id,
                area_id=new.area_id,
                part=new.part,
                clause=clean(new.clause),
                basis=clean(new.basis),
                valid_from=new.valid_from,
                valid_until=new.valid_until,
            )
            for new in news
        ],
        batch_size=5_000,
    )
    told = [
        {"duty": duty.pk, "unit": duty.unit_id, "category": duty.category_id, "clause": duty.clause}
        for duty in duties
    ]
    note_all("duty-added", told, by, now)
    return duties


def end_duty(duty_id: int, valid_until: date, *, by: AccountInHand | None, now: datetime) -> None:
    """The duty holds up to and including `valid_until`. Refuses `duty-not-found` and `ends-before-start`."""
    (refusal,) = end_duties({duty_id: valid_until}, by=by, now=now).values()
    if refusal is not None:
        raise refusal


@transaction.atomic
def end_duties(
    ends: Mapping[int, date], *, by: AccountInHand | None, now: datetime
) -> dict[int, Refusal | None]:
    """End many duties, each by its id; for each why it was refused, and not ended, or None."""
    duties = Duty.objects.select_for_update().in_bulk(list(ends))
    done = {number: _check_end(duties.get(number), on) for number, on in ends.items()}
    ended = [duties[number] for number, refusal in done.items() if refusal is None]
    for duty in ended:
        duty.valid_until = ends[duty.pk]
    Duty.objects.bulk_create(
        ended, batch_size=5_000, update_conflicts=True, unique_fields=["id"], update_fields=["valid_until"]
    )
    note_all("duty-ended", [{"duty": duty.pk, "valid_until": duty.valid_until} for duty in ended], by, now)
    return done


def _check_end(duty: Duty | None, on: date) -> Refusal | None:
    if duty is None:
        return Refusal("duty-not-found", Words("没有这条职责。", "There is no such duty."))
    return _ends_before_start() if on < duty.valid_from else None


def _ends_before_start() -> Refusal:
    words = Words("失效日期早于生效日期。", "The duty would end before it begins.")
    return Refusal("ends-before-start", words, field="until")
