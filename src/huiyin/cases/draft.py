"""A move in the making."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from huiyin.cases.models import Case
from huiyin.cases.values import Acting, AssignmentState, CaseState
from huiyin.journal.api import Place
from huiyin.process.api import Process
from huiyin.register.api import Rules


@dataclass(slots=True)
class Draft:
    """A move in the making: the case's new state, and what is to be written and told besides.

    `placed` as the engine was told: whether a lead unit holds the case that may go on with it.
    `noted` goes into the journal entry; `disputed` when a return was asked, spoken to or decided.
    """

    case: CaseState
    process: Process
    target: str
    inputs: Mapping[str, Any]
    acting: Acting
    units: frozenset[int]
    part: str
    now: datetime
    rules: Rules
    place: Place | None = None
    ratings: list[dict[str, Any]] = field(default_factory=list)
    groups: list[dict[str, int]] = field(default_factory=list)
    told: dict[str, Any] = field(default_factory=dict)
    noted: dict[str, Any] = field(default_factory=dict)
    disputed: bool = False
    regroup: bool = False
    regraded: bool = False
    extended: str = ""
    answered: str = ""
    leader: Case | None = None
    placed: bool = True

    @property
    def into(self) -> str:
        """The number of the case that this one is merged into."""
        return self.leader.number if self.leader else ""

    def own_part(self) -> AssignmentState | None:
        """The open assignment of the unit that acts."""
        open_parts = [part for part in self.case.assignments if part.open and part.unit_id in self.units]
        return next(
            (part for part in open_parts if part.part == self.part), open_parts[0] if open_parts else None
        )

    def end_parts(self, how: str, part: str | None = None) -> None:
        """End every open assignment, or those of one part."""
        for assignment in self.case.assignments:
            if assignment.open and part in {None, assignment.part}:
                assignment.ended_at, assignment.how = self.now, how

    def forget_request(self) -> None:
        """A decision was made: the request is no longer open."""
        self.disputed = self.disputed or "clause" in (self.case.asked or {})
        self.case.asked, self.case.asked_by_id = None, None
