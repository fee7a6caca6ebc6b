"""Keeps disputes and rulings beside the records of their cases: read anew whenever a record has grown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from huiyin.cases.api import Case, CaseClock, get_process
from huiyin.journal.api import list_entries
from huiyin.people.api import map_units
from huiyin.process.api import RIGHT
from huiyin.register.api import Duty, list_duties_for, list_duties_of
from huiyin.rulings.models import Dispute, Ruling
from huiyin.rulings.rules import is_same_clause, read_disputes, read_number
from huiyin.rulings.values import ToldDispute, ToldRuling


@transaction.atomic
def keep_disputes(case_id: int) -> int:
    """Write what the record of the case tells of its returns; how many there are.

    However often it runs and in whatever order its events come, the same rows stand; what the centre has
    said of a precedent since is left alone.
    """
    case = Case.objects.select_for_update(of=("self",)).get(pk=case_id)
    told = read_disputes(get_process(case.process, case.process_version), list_entries(f"case:{case.number}"))
    clocks = list(case.clocks.all())
    for one in told:
        ruling = _keep_ruling(case, one.ruling, one) if one.ruling else None
        Dispute.objects.update_or_create(case=case, seq=one.seq, defaults=_as_row(case, one, clocks, ruling))
    return len(told)


def _as_row(
    case: Case, told: ToldDispute, clocks: Sequence[CaseClock], ruling: Ruling | None
) -> dict[str, Any]:
    return {
        "unit_id": told.unit_id,
        "asked_at": told.asked_at,
        "asked_by": told.asked_by,
        "clause": told.clause,
        "duty": find_duty(told.clause, case, [told.unit_id]),
        "reason": told.reason,
        "again": told.again,
        "in_time": _kept_time(clocks, told),
        "outcome": told.outcome,
        "decided_at": told.decided_at,
        "decided_by": told.decided_by,
        "decision": told.decision,
        "decided_in_time": _decided_in_time(clocks, told),
        "ruling": ruling,
    }


def _kept_time(clocks: Iterable[CaseClock], told: ToldDispute) -> bool:
    """Whether it was asked before its time was over; a process without such a limit has no late returns."""
    runs = [
        clock
        for clock in clocks
        if clock.owner == RIGHT and clock.started_at <= told.asked_at
        and (clock.stopped_at is None or clock.stopped_at >= told.asked_at)
    ]  # fmt: skip
    return all(told.asked_at <= clock.due_at for clock in runs)


def _decided_in_time(clocks: Iterable[CaseClock], told: ToldDispute) -> bool | None:
    """Whether the centre kept the clock that the return started; None while it is open, or without one."""
    own = [clock for clock in clocks if clock.owner == "centre" and clock.started_at == told.asked_at]
    if told.decided_at is None or not own:
        return None
    return all(told.decided_at <= clock.due_at for clock in own)


def _keep_ruling(case: Case, told: ToldRuling, dispute: ToldDispute) -> Ruling:
    year, serial = read_number(told.number)
    ruling, _ = Ruling.objects.update_or_create(
        number=told.number,
        defaults={
            "year": year,
            "serial": serial,
            "case": case,
            "title": case.title,
            "category_id": case.category_id,
            "area_id": case.area_id,
            "lead_id": told.lead_id,
            "assisting": told.assisting,
            "clause": told.clause,
            "duty": find_duty(told.clause, case, [told.lead_id]),
            "reason": told.reason,
            "opinions": _name_opinions(case, told, dispute),
            "decided_by": told.decided_by,
            "decided_at": told.decided_at,
        },
    )
    return ruling


def _name_opinions(case: Case, told: ToldRuling, dispute: ToldDispute) -> list[dict[str, Any]]:
    """The unit that disputed first, with what it said then; then the opinions; then who was silent."""
    first = {
        "unit": dispute.unit_id, "clause": dispute.clause, "words": dispute.reason,
        "by": dispute.asked_by, "at": dispute.asked_at.isoformat(),
    }  # fmt: skip
    silent = case.assignments.filter(part="consulted", how="silent").values_list("unit_id", flat=True)
    listed: list[Mapping[str, Any]] = [first, *told.opinions, *({"unit": unit} for unit in silent)]
    names = map_units([one["unit"] for one in listed if one.get("unit")])
    silence = get_process(case.process, case.process_version).silence
    unsaid = {"clause": "", "words": "", "by": "", "at": None, "silence": silence}
    return [
        {**unsaid, **one, "name": names[one["unit"]].short if one.get("unit") in names else ""}
        for one in listed
    ]


def find_duty(clause: str, case: Case, unit_ids: Sequence[int]) -> Duty | None:
    """The line of the register that a cited clause is: of the units first, of the matter, then of any."""
    if not clause:
        return None
    today = timezone.localdate()
    own = [duty for unit in unit_ids for duty in list_duties_of(unit, today)]
    listed = {duty.pk: duty.clause for duty in own}
    if case.category_id is not None:
        listed |= {duty.id: duty.clause for duty in list_duties_for(case.category_id, case.area_id, today)}
    exact = [pk for pk, line in listed.items() if line == clause]
    near = [pk for pk, line in listed.items() if is_same_clause(clause, line)]
    found = next(iter([*exact, *near]), None)
    if found is not None:
        return Duty.objects.filter(pk=found).first()
    return Duty.objects.filter(clause=clause).order_by("-valid_from", "id").first()


def keep_all() -> int:
    """Read every record anew that tells of a return; how many cases. For records of before, and repairs."""
    known = Case.objects.filter(disputes__gt=0) | Case.objects.filter(asked__has_key="clause")
    numbers = list(known.order_by("id").values_list("pk", flat=True))
    return sum(keep_disputes(pk) > 0 for pk in numbers)
