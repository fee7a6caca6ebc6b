"""The door of triage."""

from huiyin.triage.deciding import is_dispatch, note_outcome
from huiyin.triage.dispatching import find_dispatch
from huiyin.triage.holding import find_promoted, get_version, list_versions
from huiyin.triage.measuring import (
    STEPS,
    WINDOW,
    Whole,
    count_outcomes,
    count_whole,
    list_outcomes,
    measure_categories,
)
from huiyin.triage.models import ModelVersion, Prediction, Threshold
from huiyin.triage.rules import FLOOR, HINDRANCES, propose_grade, propose_urgent
from huiyin.triage.showing import find_panel, map_automatic
from huiyin.triage.starting import start_training
from huiyin.triage.thresholds import list_threshold_changes, list_thresholds, set_threshold
from huiyin.triage.urgency import load_lists as load_urgent_words
from huiyin.triage.values import BASES, ORIGINS, OUTCOMES, STATES, Measured, Panel
from huiyin.triage.versions import is_worse, promote
from huiyin.triage.words_of_danger import load_changes as load_urgent_changes
from huiyin.triage.words_of_danger import set_words as set_urgent_words
from huiyin.triage.working import take_up, take_up_waiting

__all__ = [
    "BASES",
    "FLOOR",
    "HINDRANCES",
    "ORIGINS",
    "OUTCOMES",
    "STATES",
    "STEPS",
    "WINDOW",
    "Measured",
    "ModelVersion",
    "Panel",
    "Prediction",
    "Threshold",
    "Whole",
    "count_outcomes",
    "count_whole",
    "find_dispatch",
    "find_panel",
    "find_promoted",
    "get_version",
    "is_dispatch",
    "is_worse",
    "list_outcomes",
    "list_threshold_changes",
    "list_thresholds",
    "list_versions",
    "load_urgent_changes",
    "load_urgent_words",
    "map_automatic",
    "measure_categories",
    "note_outcome",
    "promote",
    "propose_grade",
    "propose_urgent",
    "set_threshold",
    "set_urgent_words",
    "start_training",
    "take_up",
    "take_up_waiting",
]
