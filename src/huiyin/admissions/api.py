"""The door of admissions."""

from huiyin.admissions.entering import enter_register, is_admitted
from huiyin.admissions.fitting import MOST_ROWS
from huiyin.admissions.models import Admission, AdmissionRow
from huiyin.admissions.proposing import (
    CHANGEABLE,
    agree_changed,
    find_admission,
    get_admission,
    list_admissions,
    list_rows,
    propose,
    read_rows,
)
from huiyin.admissions.values import ADD, END, KIND, MOVE, PROCESS, Proposal, Row

__all__ = [
    "ADD",
    "CHANGEABLE",
    "END",
    "KIND",
    "MOST_ROWS",
    "MOVE",
    "PROCESS",
    "Admission",
    "AdmissionRow",
    "Proposal",
    "Row",
    "agree_changed",
    "enter_register",
    "find_admission",
    "get_admission",
    "is_admitted",
    "list_admissions",
    "list_rows",
    "propose",
    "read_rows",
]
