"""Lets a matter go out by itself where the county allows it, and raises what is dangerous at once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from huiyin.cases.api import SYSTEM, move_case
from huiyin.kernel.refusals import Refusal
from huiyin.process.api import Move, Process
from huiyin.triage.models import Prediction, Threshold
from huiyin.triage.rules import find_hindrance
from huiyin.triage.suggesting import Suggested
from huiyin.triage.values import Circumstances

RAISE = "raise_urgent"
GUARD = "unit-on-register"


def find_dispatch(process: Process, stage: str, role: str = "system") -> Move | None:
    """The move by which `role` may dispatch from the stage, under the guard of the register."""
    fitting = (
        move
        for move in process.moves.values()
        if stage in move.sources
        and role in move.roles
        and "dispatch" in move.does
        and GUARD in move.needs
        and process.get_stage(stage).kind == "open"
    )
    return next(fitting, None)


def raise_danger(told: Suggested, now: datetime) -> None:
    """A matter that speaks of danger becomes urgent before anybody has read it; never the other way."""
    case, prediction = told.case, told.prediction
    move = told.process.moves.get(RAISE)
    pressing = prediction.urgent_words and (not case.urgent or case.grade != prediction.grade)
    if not pressing or move is None or case.stage not in move.sources or "system" not in move.roles:
        return
    inputs = {
        "urgent": True,
        "grade": prediction.grade,
        "note": f"出现涉及生命财产安全的词：{'、'.join(prediction.urgent_words)}",
    }
    try:
        move_case(case.number, RAISE, inputs, SYSTEM, now, key=f"triage-urgent:{case.pk}")
    except Refusal:
        return
    case.refresh_from_db(fields=["urgent", "grade", "version", "stage"])


def dispatch_if_allowed(told: Suggested, now: datetime) -> bool:
    """Dispatch the case by itself; whether it went. Why it did not is kept beside the suggestion."""
    prediction = told.prediction
    move = find_dispatch(told.process, told.case.stage)
    threshold = Threshold.objects.filter(category_id=prediction.category_id or 0).first()
    hindrance = find_hindrance(_tell_circumstances(told, threshold, move))
    if not hindrance and move is not None and threshold is not None:
        hindrance = _dispatch(told, move, threshold, now)
    if hindrance:
        Prediction.objects.filter(pk=prediction.pk).update(hindrance=hindrance)
    return not hindrance


def _tell_circumstances(told: Suggested, threshold: Threshold | None, move: Move | None) -> Circumstances:
    case = told.case
    return Circumstances(
        routed=told.routed,
        promoted=told.prediction.version.state == "promoted",
        threshold=threshold.per_mille if threshold else None,
        has_lead=told.duty is not None,
        has_move=move is not None,
        identity=case.identity,
        way=told.prediction.way,
        twice=told.twice,
        given_id=case.category_id,
        dispatched=case.lead_id is not None or case.group_id is not None or case.closed_at is not None,
    )


def _dispatch(told: Suggested, move: Move, threshold: Threshold, now: datetime) -> str:
    """Why it was refused after all, or ""; the move and its outcome are kept together."""
    prediction, case = told.prediction, told.case
    try:
        with transaction.atomic():
            move_case(
                case.number, move.key, make_inputs(told, move, threshold.per_mille), SYSTEM, now,
                key=f"triage:{prediction.pk}", version=case.version,
            )  # fmt: skip
            Prediction.objects.filter(pk=prediction.pk).update(
                outcome="auto", automatic=True, decided_by=SYSTEM.name, decided_at=now,
                chosen_category_id=prediction.category_id, chosen_unit_id=prediction.unit_id,
            )  # fmt: skip
    except Refusal:
        return "refused"
    return ""


def make_inputs(told: Suggested, move: Move, threshold: int) -> dict[str, Any]:
    """What the move is given: never a designation, never a lower grade; the note says who dispatched."""
    prediction = told.prediction
    inputs = {
        "category": prediction.category_id,
        "lead": prediction.unit_id,
        "grade": prediction.grade,
        "urgent": prediction.urgent,
        "note": tell_note(prediction, threshold),
    }
    asked = {ask.key for ask in move.asks}
    return {key: value for key, value in inputs.items() if key in asked}


def tell_note(prediction: Prediction, threshold: int) -> str:
    """The note in the journal: by which version, how sure, beyond which threshold, by which clause."""
    sure, least = _tell_share(prediction.per_mille), _tell_share(threshold)
    basis = f"，依据{prediction.clause}" if prediction.clause else ""
    return f"自动派单：模型第 {prediction.version.number} 版，把握 {sure}，阈值 {least}{basis}"


def _tell_share(per_mille: int) -> str:
    return f"{per_mille / 10:.1f} %"
