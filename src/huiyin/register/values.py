"""The values of the register: a duty as it is shown, a duty to be written, a day to be set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words


@dataclass(frozen=True, slots=True)
class DutyInHand:
    """A duty in force for a matter.

    `clause` is the line of the catalogue that gives it. `depth` is the level of the category that it names
    (3 is the most specific) and `local` whether it names an area: so one can tell why it applies.
    """

    id: int
    unit_id: int
    unit: Words
    category_id: int
    area_id: int | None
    part: str
    clause: str
    basis: str
    depth: int
    local: bool


class NamedUnit(NamedTuple):
    """A unit as a move needs it."""

    short: str
    active: bool
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """What there is of a category and units that were named by id.

    `has_category` when there is such a category; `units` by id, closed ones too; `duties` as unit and part.
    """

    has_category: bool = False
    units: Mapping[int, NamedUnit] = field(default_factory=dict)
    duties: frozenset[tuple[int, str]] = frozenset()

    def has_duty(self, unit_id: int, part: str | None = None) -> bool:
        """Whether the unit may be given the matter; with `part`, that very part of it."""
        return any(unit == unit_id and part in (None, held) for unit, held in self.duties)


@dataclass(frozen=True, slots=True)
class NewDuty:
    """A duty to be put on the register; no area: the whole county, no end: until further notice."""

    unit_id: int
    category_id: int
    clause: str
    valid_from: date
    area_id: int | None = None
    part: str = "lead"
    basis: str = ""
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a version of the register is made: a reader's words or the number of a paper, and by which door.

    `source` is one of `settings`, `sheet`, `admission`, `command`, `install`.
    """

    reason: str = ""
    source: str = "settings"


@dataclass(frozen=True, slots=True)
class Changed:
    """What came of a change of the register.

    `version` is its number, or None when nothing was changed; `duties` are those that were added, in order;
    `refused` holds for each duty that was to end why it did not, or None.
    """

    version: int | None
    duties: list[Any]
    refused: dict[int, Refusal | None]


@dataclass(frozen=True, slots=True)
class DaySetting:
    """What the county says of one date, and the paper that says so."""

    on: date
    works: bool
    name: Words
    source: str
