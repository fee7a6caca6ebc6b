"""Measures how the suggestions fare: precision and share by category, what a threshold would let go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from huiyin.triage import store
from huiyin.triage.models import Prediction
from huiyin.triage.values import Measured

WINDOW = timedelta(days=180)
STEPS = (500, 600, 700, 800, 850, 900, 950)
"""Thresholds at which precision and coverage are shown."""


@dataclass(frozen=True, slots=True)
class Whole:
    """Over all categories: suggestions decided on, right ones, those that went by themselves."""

    decided: int
    right: int
    automatic: int


def count_whole(now: datetime) -> Whole:
    """The last half year in three numbers."""
    return Whole(*store.count_arrived(now - WINDOW))


def measure_categories(now: datetime) -> dict[int, Measured]:
    """The last half year by category; `above`: for each step how many were at least so sure, and right."""
    found: dict[int, Measured] = {}
    steps: dict[int, list[tuple[int, int, int]]] = {}
    for category_id, step, decided, right, automatic, automatic_right in store.measure(now - WINDOW):
        held = found.get(category_id, Measured(category_id, 0, 0, 0, 0))
        found[category_id] = Measured(
            category_id, held.decided + decided, held.right + right,
            held.automatic + automatic, held.automatic_right + automatic_right,
        )  # fmt: skip
        steps.setdefault(category_id, []).append((step, decided, right))
    return {key: _with_steps(one, steps[key]) for key, one in found.items()}


def _with_steps(one: Measured, steps: Sequence[tuple[int, int, int]]) -> Measured:
    above = {
        least: (
            sum(decided for step, decided, _ in steps if step >= least),
            sum(right for step, _, right in steps if step >= least),
        )
        for least in STEPS
    }
    return Measured(one.category_id, one.decided, one.right, one.automatic, one.automatic_right, above)


def list_outcomes(outcome: str = "", limit: int = 200, offset: int = 0) -> list[Prediction]:
    """Suggestions that were decided on, the newest first; `auto` lists all that went by themselves."""
    return list(_choose(outcome).order_by("-decided_at", "-id")[offset : offset + limit])


def count_outcomes(outcome: str = "") -> int:
    """How many that list has."""
    return _choose(outcome).count()


def _choose(outcome: str) -> QuerySet[Prediction]:
    found = Prediction.objects.exclude(outcome="").select_related(
        "case", "version", "category", "unit", "chosen_category", "chosen_unit"
    )
    found = found.defer("version__blob", "version__twin")
    if outcome == "auto":
        return found.filter(automatic=True)
    return found.filter(outcome=outcome) if outcome else found
