"""Makes the suggestion for a case: category, unit by the register, grade, danger, place, cases alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from huiyin.appeals.api import Likeness, find_alike
from huiyin.cases.api import Case, get_process
from huiyin.grid.api import resolve
from huiyin.kernel.texts import shorten
from huiyin.process.api import Process
from huiyin.register.api import Category, DutyInHand, find_lead_duty, load_catalogue
from huiyin.triage import store
from huiyin.triage.holding import find_promoted, load_version
from huiyin.triage.models import ModelVersion, Prediction
from huiyin.triage.routing import route
from huiyin.triage.rules import propose_grade, propose_urgent
from huiyin.triage.urgency import read_way
from huiyin.triage.values import COLD, Read, Routed
from huiyin.triage.words_of_danger import read_danger_here

SAME = 600
"""From this likeness on an open case may be the very same matter."""
LONGEST = 6_000
"""Signs of a text that are read; what comes after does not change what it is about."""


@dataclass(frozen=True, slots=True)
class Suggested:
    """A suggestion that was kept, with what it rests on."""

    prediction: Prediction
    case: Case
    process: Process
    routed: Routed
    duty: DutyInHand | None
    twice: bool


def get_version_in_force() -> ModelVersion:
    """The promoted version; without one the standing version 0: the words of the catalogue."""
    promoted = find_promoted()
    if promoted is not None:
        return promoted
    told = {"origin": "words", "state": "standing", "trained_at": timezone.now()}
    return ModelVersion.objects.get_or_create(number=COLD, defaults=told)[0]


def suggest(case_id: int, now: datetime, version: ModelVersion | None = None) -> Suggested | None:
    """Read the case and keep what was found, under the version that said it; None for an unknown case."""
    case = Case.objects.select_related("text", "category").filter(pk=case_id).first()
    if case is None:
        return None
    version = version or get_version_in_force()
    model = None if version.number == COLD else load_version(version.number)
    return _suggest(case, case.text.words[:LONGEST], version, model, now)


def _suggest(case: Case, words: str, version: ModelVersion, model: Any | None, now: datetime) -> Suggested:
    catalogue = load_catalogue()
    text = f"{case.title}\n{words}"
    routed = route(case.title, words, catalogue, model, case.category_id)
    category = next((one for one in catalogue.categories if one.pk == routed.category_id), case.category)
    process = get_process(case.process, case.process_version)
    duty = _find_duty(routed.category_id, case, now)
    alike = [] if case.closed_at else find_alike(text, now, besides=case.pk, most=12)
    prediction = Prediction.objects.create(
        case_id=case.pk,
        version=version,
        category_id=routed.category_id,
        per_mille=max(0, min(1000, routed.per_mille)),
        basis=routed.basis,
        ranked=[list(pair) for pair in routed.ranked],
        reasons=[list(pair) for pair in routed.reasons],
        made_at=now,
        **_tell_duty(duty),
        **_tell_danger(case, category, process, read_danger_here(text)),
        **_tell_surroundings(case, text, alike),
    )
    return Suggested(prediction, case, process, routed, duty, _is_twice(case, routed, alike))


def _find_duty(category_id: int | None, case: Case, now: datetime) -> DutyInHand | None:
    if category_id is None:
        return None
    return find_lead_duty(category_id, case.area_id, timezone.localdate(now))


def _tell_duty(duty: DutyInHand | None) -> dict[str, Any]:
    if duty is None:
        return {}
    return {
        "unit_id": duty.unit_id, "duty_id": duty.id, "clause": duty.clause, "clause_basis": duty.basis,
    }  # fmt: skip


def _tell_danger(case: Case, category: Category | None, process: Process, danger: Read) -> dict[str, Any]:
    usual = category.grade if category else ""
    return {
        "grade": propose_grade(case.grade, usual, list(process.grades), danger=danger.urgent),
        "urgent": propose_urgent(usual, present=case.urgent, danger=danger.urgent),
        "urgent_words": list(danger.words),
    }


def _tell_surroundings(case: Case, text: str, alike: Sequence[Likeness]) -> dict[str, Any]:
    found = resolve(text=f"{case.place}\n{text}", area_id=case.area_id)
    return {
        "way": read_way(text),
        "area_id": found.deepest.id if found.deepest else case.area_id,
        "place": shorten(found.deepest.name if found.deepest and found.how == "text" else found.mention, 60),
        "alike": [[one.case_id, one.per_mille] for one in alike if not one.closed][:5],
        "past": [[one.case_id, one.per_mille] for one in alike if one.closed][:5],
    }


def _is_twice(case: Case, routed: Routed, alike: Sequence[Likeness]) -> bool:
    """Whether an open case may be the same: very like by anybody; like or of one kind by one person."""
    open_ones = [one for one in alike if not one.closed]
    if any(one.per_mille >= SAME for one in open_ones):
        return True
    return store.is_from_same_person(case.pk, routed.category_id, [one.case_id for one in open_ones])
