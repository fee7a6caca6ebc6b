"""The suggestions of the demo county: a model trained on older matters, what it said of the later ones."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from huiyin.cases.api import Case
from huiyin.triage import suggesting, versions
from huiyin.triage.api import note_outcome, take_up_waiting
from huiyin.triage.models import ModelVersion, Prediction
from huiyin.triage.starting import begin

LATER = timedelta(days=21)
FEWEST = 60
MOST = 150


def fill_suggestions(now: datetime) -> None:
    """Train on what was opened before the last weeks; with too little of it the words alone suggest."""
    older = Case.objects.filter(opened_at__lt=now - LATER, closed_at__isnull=False)
    version = _train(set(older.values_list("number", flat=True)), now) if older.count() >= FEWEST else None
    if version is not None:
        _look_back(version, now - LATER)
    take_up_waiting(timezone.now())


def _train(older: set[str], now: datetime) -> ModelVersion | None:
    from huiyin.triage import training  # what trains takes much of the machine

    examples = [one for number, one in training.gather_numbered() if number in older]
    version = training.complete(begin("cases", "", by=None, now=now), examples)
    return versions.promote(version.number, "", by=None, now=now) if version.state == "candidate" else None


def _look_back(version: ModelVersion, since: datetime) -> None:
    """What the model would have said of later matters that people have dispatched meanwhile."""
    later = Case.objects.filter(opened_at__gte=since, dispatched_at__isnull=False).order_by("-id")[:MOST]
    for case_id, opened_at in later.values_list("pk", "opened_at"):
        suggesting.suggest(case_id, opened_at, version)
        note_outcome({"case_id": case_id})
    Prediction.objects.filter(outcome="", case__dispatched_at__isnull=False).delete()
