"""Cells as lists show them: where they lie, how many live there, who acts today. Counts may be changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from huiyin.grid import store
from huiyin.grid.holders import list_duty
from huiyin.grid.models import Shape
from huiyin.grid.store import CellRow
from huiyin.grid.values import OnDuty
from huiyin.journal.api import append
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand, make_entry


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with its holders of one day."""

    row: CellRow
    holders: Sequence[OnDuty] = field(default_factory=list)

    @property
    def acting(self) -> OnDuty | None:
        """Whose turn it is; None: the cell is vacant."""
        return next((one for one in self.holders if one.acts), None)


def list_cells(on: date, township_id: int | None = None, ids: Sequence[int] | None = None) -> list[Cell]:
    """Cells in use by code, with who holds them that day; of a township, or those named. Two statements."""
    rows = [
        row
        for row in store.list_cells()
        if township_id in {None, row.township_id} and (ids is None or row.id in ids)
    ]
    duty = list_duty([row.id for row in rows], on)
    return [Cell(row, duty[row.id]) for row in rows]


def get_cell(code: str, on: date) -> Cell:
    """The cell in use of that code; refuses `cell-not-found`."""
    row = next((one for one in store.list_cells() if one.code == code), None)
    if row is None:
        raise Refusal("cell-not-found", Words("没有这个网格。", "There is no such cell."))
    return Cell(row, list_duty([row.id], on)[row.id])


@transaction.atomic
def set_counts(
    code: str, households: int | None, people: int | None, *, by: AccountInHand | None, now: datetime
) -> None:
    """How many households and people a cell has. Refuses `cell-not-drawn`: without a shape there is none."""
    shape = Shape.objects.select_for_update(of=("self",)).filter(area__code=code).first()
    if shape is None:
        words = Words("这个网格还没有图形，先导入图形。", "The cell has no shape yet: import it first.")
        raise Refusal("cell-not-drawn", words, field="households")
    before = {"households": shape.households, "people": shape.people}
    after = {"households": households, "people": people}
    if before == after:
        return
    if any(count is not None and not 0 <= count < 100_000_000 for count in after.values()):
        raise Refusal("bad-count", Words("要填不小于 0 的整数。", "Give a whole number."), field="households")
    shape.households, shape.people, shape.changed_at = households, people, now
    shape.save(update_fields=["households", "people", "changed_at"])
    changes = {key: [before[key], after[key]] for key in after if before[key] != after[key]}
    append([make_entry(f"area:{code}", "counts-set", by, now, changes=changes)])
