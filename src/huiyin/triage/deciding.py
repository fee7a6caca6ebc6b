"""What people made of a suggestion: accepted, or corrected; read from the journal after each dispatch."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from huiyin.cases.api import Case, get_process
from huiyin.journal.api import Event, StoredEntry, list_entries
from huiyin.process.api import Process
from huiyin.triage.models import Prediction


def is_dispatch(event: Event) -> bool:
    """Whether the move gave the case to a unit: most did not."""
    return bool(event.body.get("dispatched"))


def note_outcome(body: Mapping[str, Any]) -> None:
    """Compare the newest dispatch of the case with the suggestion before it; told twice, it says the same."""
    prediction = Prediction.objects.filter(case_id=body["case_id"]).order_by("-id").first()
    case = Case.objects.filter(pk=body["case_id"]).first()
    if prediction is None or case is None:
        return
    entry = _find_dispatch(case)
    if entry is None or entry.body.get("role") == "system" or entry.at < prediction.made_at:
        return
    _note(prediction, case, entry)


def _note(prediction: Prediction, case: Case, entry: StoredEntry) -> None:
    inputs = entry.body.get("inputs", {})
    lead = inputs.get("lead")
    category_id = inputs.get("category") or case.category_id
    unit_id = lead.get("id") if isinstance(lead, Mapping) else lead
    same = category_id == prediction.category_id and unit_id == prediction.unit_id
    prediction.outcome = "accepted" if same else "corrected"
    prediction.decided_by, prediction.decided_at = entry.actor, entry.at
    prediction.chosen_category_id, prediction.chosen_unit_id = category_id, unit_id
    prediction.save(update_fields=["outcome", "decided_by", "decided_at", "chosen_category", "chosen_unit"])


def _find_dispatch(case: Case) -> StoredEntry | None:
    """The newest entry by which the case was given to a unit."""
    process: Process = get_process(case.process, case.process_version)
    giving = {key for key, move in process.moves.items() if "dispatch" in move.effects()}
    entries = (entry for entry in reversed(list_entries(f"case:{case.number}")) if entry.verb in giving)
    return next(entries, None)
