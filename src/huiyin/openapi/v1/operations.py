"""Every operation of the interface, in the order of the document."""

from __future__ import annotations

from huiyin.openapi.v1 import (
    cases_files,
    cases_moving,
    cases_opening,
    cases_reading,
    cases_suggestion,
    grid,
    issues,
    registers,
    replies,
    tracking,
)
from huiyin.openapi.v1.contract import Operation

OPERATIONS: tuple[Operation, ...] = (
    *cases_opening.OPERATIONS,
    *cases_reading.OPERATIONS,
    *cases_suggestion.OPERATIONS,
    *cases_moving.OPERATIONS,
    *cases_files.OPERATIONS,
    *issues.OPERATIONS,
    *replies.OPERATIONS,
    *tracking.OPERATIONS,
    *registers.OPERATIONS,
    *grid.OPERATIONS,
)
