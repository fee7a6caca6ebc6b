"""What a process is: steps, stages, moves and clocks, as frozen values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.workdays.api import Limit

STAY = "="
"""As a move's `to`: the case stays in the stage it is in."""

ALWAYS = "always"
"""As a branch's `when`: this way out is taken if none before it was."""

UNSAID = Words("")
"""What a part has no words for."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the source, by the source's own name (受理, 派单, 办理 …)."""

    key: str
    title: Words


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a case can stand. `plain` is what the person reads; `awaits` says whose turn it is."""

    key: str
    step: str
    title: Words
    kind: str
    plain: Words
    awaits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ask:
    """An input that a move asks for."""

    key: str
    required: bool


@dataclass(frozen=True, slots=True)
class Branch:
    """Another way out of a move, taken when its condition holds."""

    when: str
    to: str
    does: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Move:
    """An act on a case: who may do it, from where, what it asks, demands and does."""

    key: str
    title: Words
    sources: tuple[str, ...]
    to: str
    roles: tuple[str, ...]
    asks: tuple[Ask, ...] = ()
    needs: tuple[str, ...] = ()
    does: tuple[str, ...] = ()
    branches: tuple[Branch, ...] = ()
    step: str = ""
    tells: Words = UNSAID
    plain: Words = UNSAID

    def ends(self, stage: str) -> tuple[str, ...]:
        """Every stage that this move can lead to from `stage`."""
        return tuple(dict.fromkeys(stage if target == STAY else target for target, _does in self.exits()))

    def exits(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Every way out as `(to, does)`, branches first; `to` is none of them if a branch is always taken."""
        yield from ((branch.to, (*self.does, *branch.does)) for branch in self.branches)
        if all(branch.when != ALWAYS for branch in self.branches):
            yield self.to, self.does

    def effects(self) -> tuple[str, ...]:
        """Every effect that this move can have, whichever way it goes."""
        return (*self.does, *(effect for branch in self.branches for effect in branch.does))


@dataclass(frozen=True, slots=True)
class Clock:
    """A limit that runs from a stage to a stage.

    `owner` is whose clock it is, the `main` one is what the person is told, and `warn` holds the shares of
    the limit, in thousandths, at which its owner is warned. One that runs `once` is not begun anew while it
    runs: what was promised stands, whoever holds the case. When it ends, whoever holds one of the roles in
    `escalates` hears of it too.
    """

    key: str
    title: Words
    owner: str
    starts: tuple[str, ...]
    stops: tuple[str, ...]
    limits: dict[str, Limit]
    pauses: tuple[str, ...] = ()
    warn: tuple[int, ...] = ()
    main: bool = False
    once: bool = False
    escalates: tuple[str, ...] = ()

    def limit_for(self, grade: str) -> Limit:
        """The limit of `grade`, else the limit of every other grade (`other`)."""
        return self.limits.get(grade) or self.limits["other"]


@dataclass(frozen=True, slots=True)
class Process:
    """One version of one process. Cases pin the version that they were opened under.

    `kind` is what its cases are: appeals, unless the file says otherwise; each kind has its own door.
    `number` is the prefix of its cases' numbers, `rounds` says after how many rounds the board may decide,
    and `calls` how often a person is called before a case is archived as unreached. `silence` says what it
    means when a unit that was asked for its opinion gives none in time: one of `SILENCES`.
    """

    key: str
    version: int
    title: Words
    start: str
    rule: str
    kind: str
    number: str
    rounds: int
    calls: int
    extensions: tuple[Limit, ...]
    grades: dict[str, Words]
    opens: tuple[str, ...]
    steps: tuple[Step, ...]
    stages: dict[str, Stage]
    moves: dict[str, Move]
    clocks: dict[str, Clock]
    silence: str = "no-objection"

    def get_stage(self, key: str) -> Stage:
        """The stage, which exists: a case only stands where its process has a stage."""
        return self.stages[key]

    def get_move(self, key: str) -> Move:
        """The move of that key; refused when the process has none."""
        if key not in self.moves:
            raise Refusal(
                "no-such-move",
                Words(
                    "这个流程没有这一步。请返回工单重新选择。",
                    "This process has no such move. Go back to the case and choose again.",
                ),
            )
        return self.moves[key]

    @property
    def main_clock(self) -> Clock | None:
        """The clock whose due date the person is told and the worklist is ordered by."""
        return next((clock for clock in self.clocks.values() if clock.main), None)

    @property
    def first_grade(self) -> str:
        """The grade that a case has until somebody sets another."""
        return next(iter(self.grades))
