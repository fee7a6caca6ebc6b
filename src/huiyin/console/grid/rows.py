"""Cases of a cell as rows: how much time is left, what it is, where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from huiyin.pages.api import Badge, make_badge
from huiyin.placing.api import CellCase


@dataclass(frozen=True, slots=True)
class CellRow:
    """A case of a cell with its badge."""

    case: CellCase
    badge: Badge


def list_rows(cases: Sequence[CellCase], now: datetime) -> list[CellRow]:
    """The cases in their order, each with what its clock says."""
    return [CellRow(case, badge_of(case, now)) for case in cases]


def badge_of(case: CellCase, now: datetime) -> Badge:
    """What the clock of the case says."""
    paused = case.paused_at is not None
    return make_badge(case.due_at, case.due_from, None, paused, case.closed_at, now)
