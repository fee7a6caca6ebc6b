"""The door of placing."""

from huiyin.placing.models import Placing
from huiyin.placing.proposing import find_placing, place_all, place_case, propose_place, tell_columns
from huiyin.placing.settling import SETTLES, get_cell_case, may_settle, note_from_cell, settle_place
from huiyin.placing.store import CellCase, count_cell_cases, list_cell_cases

__all__ = [
    "SETTLES",
    "CellCase",
    "Placing",
    "count_cell_cases",
    "find_placing",
    "get_cell_case",
    "list_cell_cases",
    "may_settle",
    "note_from_cell",
    "place_all",
    "place_case",
    "propose_place",
    "settle_place",
    "tell_columns",
]
