"""Writes what was admitted into the register: once, in one transaction with the step of its case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from huiyin.admissions.fitting import find_end, fit_rows, make_new
from huiyin.admissions.models import Admission
from huiyin.admissions.proposing import read_rows
from huiyin.admissions.values import END
from huiyin.cases.api import SYSTEM, Case, move_within
from huiyin.journal.api import list_entries
from huiyin.kernel.refusals import Refusal
from huiyin.people.api import AccountInHand, take_in_hand
from huiyin.register.api import Cause, change_register

ADMITTED = "admitted"
DECISIONS = frozenset({"agree", "agree_over", "agree_changed"})


def is_admitted(event: Mapping[str, Any]) -> bool:
    """Whether a move admitted duties that are now to be written into the register."""
    return event.get("to") == ADMITTED and event.get("move") in DECISIONS


@transaction.atomic
def enter_register(case_id: int, now: datetime) -> int | None:
    """Write the admitted rows as a version of the register and close the case; its number, or None.

    Done already, or not admitted, nothing happens. What cannot be written any more (a unit was closed, a duty
    has ended meanwhile) goes back to the centre with the reason.
    """
    admission = Admission.objects.select_for_update(of=("self",)).filter(case_id=case_id).first()
    if admission is None or admission.version_id is not None:
        return None
    case = Case.objects.get(pk=case_id)
    if case.stage != ADMITTED:
        return None
    try:
        with transaction.atomic():
            number = _write(admission, case, now)
    except Refusal as refusal:
        move_within(case.number, "bounce", {"reason": refusal.words.zh}, SYSTEM, now)
        return None
    move_within(case.number, "enter", {"note": f"已写入职责清单第 {number} 版"}, SYSTEM, now)
    return number


def _write(admission: Admission, case: Case, now: datetime) -> int | None:
    rows = read_rows(admission)
    fit_rows(rows, timezone.localdate(now))
    ends = {row.duty_id: find_end(row) for row in rows if row.duty_id is not None}
    news = [make_new(row) for row in rows if row.act != END]
    cause = Cause(f"职责准入 {case.number}：{case.title}", "admission")
    changed = change_register(news, ends, by=_find_decider(case, now), now=now, cause=cause)
    for refusal in changed.refused.values():
        if refusal is not None:
            raise refusal
    admission.version_id = changed.version
    admission.save(update_fields=["version"])
    return changed.version


def _find_decider(case: Case, now: datetime) -> AccountInHand | None:
    """Whoever admitted it, as the journal says."""
    decided = [entry for entry in list_entries(f"case:{case.number}") if entry.verb in DECISIONS]
    actor_id = decided[-1].actor_id if decided else None
    return take_in_hand(actor_id, timezone.localdate(now)) if actor_id is not None else None
