"""What the grid speaks of: places found, candidates, shapes that are read from a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from huiyin.kernel.words import Words

Point = tuple[int, int]
"""Longitude and latitude in ten-millionths of a degree (about 1 cm), WGS-84."""
Ring = list[Point]
"""A closed line, its first point not said again."""
Polygons = list[list[Ring]]
"""Polygons, each an outer ring and the rings of its holes."""
Bounds = tuple[int, int, int, int]
"""West, south, east, north."""

LEVELS = ("county", "township", "village", "cell")


@dataclass(frozen=True, slots=True)
class Spot:
    """An area as it is told: its id, code, name in both languages, level; `within` names those around it."""

    id: int
    code: str
    name: str
    name_en: str
    level: str
    within: tuple[str, ...] = ()

    @property
    def called(self) -> Words:
        """The name in both languages."""
        return Words(self.name, self.name_en)

    @property
    def whole(self) -> str:
        """The name after those around it below the county, none said twice: 石门镇上坝村第一网格."""
        return "".join((*(name for name in self.within if not self.name.startswith(name)), self.name))


@dataclass(frozen=True, slots=True)
class Resolved:
    """Where a matter lies, as far as it is known: nothing is said that was not found.

    `how`: `point`, `border` (nearest cell), `text`, `area` (what was given), or empty. `mention` is what the
    text calls it. `candidates` are the areas it may be when there is more than one, or the cells of a
    village whose cell is not known. `sure`: one answer, and nothing speaks against it.
    """

    cell: Spot | None = None
    village: Spot | None = None
    township: Spot | None = None
    mention: str = ""
    how: str = ""
    candidates: tuple[Spot, ...] = ()
    sure: bool = False

    @property
    def deepest(self) -> Spot | None:
        """The smallest area that is known."""
        return self.cell or self.village or self.township


@dataclass(frozen=True, slots=True)
class NewShape:
    """A shape read from a file for the area of that code; counts of households and people may be unknown."""

    code: str
    polygons: Polygons
    bounds: Bounds
    households: int | None = None
    people: int | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one feature of a file; `line` counts features from 1, `code` names its area."""

    line: int
    code: str
    kind: str
    words: Words


@dataclass(frozen=True, slots=True)
class Check:
    """What a file would do: the shapes that are right, every fault, and what is worth knowing but no fault.

    `added` are codes without a shape until now, `changed` those whose shape differs, `same` those it leaves.
    """

    shapes: Sequence[NewShape] = ()
    faults: Sequence[Fault] = ()
    remarks: Sequence[Words] = ()
    added: Sequence[str] = ()
    changed: Sequence[str] = ()
    same: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class OnDuty:
    """One holder of a cell, today: whether on duty, absent until when and why, as what rank.

    `rank` 0 is the responsible person, others are substitutes in their order. `acts` is the one whose turn
    it is.
    """

    id: int
    cell_id: int
    rank: int
    name: str
    phone: str
    account_id: int | None
    sealed: bytes = field(repr=False, default=b"")
    absent_until: str = ""
    absence: str = ""
    absence_id: int | None = None
    acts: bool = False
