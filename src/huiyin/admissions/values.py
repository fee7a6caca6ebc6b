"""What goes in and out of admissions: a proposal and its rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

PROCESS = KIND = "admission"
CHANNEL = "inside"
ADD, MOVE, END = "add", "move", "end"


@dataclass(frozen=True, slots=True)
class Row:
    """One change of the register that is proposed.

    `add` puts a duty on it, `move` ends the duty `duty_id` on the day before `valid_from` and puts this one
    in its place, `end` lets `duty_id` hold up to and including `valid_until` and needs nothing else.
    """

    act: str = ADD
    duty_id: int | None = None
    unit_id: int | None = None
    category_id: int | None = None
    area_id: int | None = None
    part: str = "lead"
    clause: str = ""
    basis: str = ""
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """The rows of one admission, all of them for one unit, and why."""

    rows: tuple[Row, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Fit:
    """A row that was looked up and may go on the register: the unit to be heard, and what it is called."""

    row: Row
    unit_id: int
    category_id: int
    called: str
