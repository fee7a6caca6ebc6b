"""Puts the moves that an account may make in order: what goes on first, what is rarely needed behind 更多."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from huiyin.cases.api import CaseView
from huiyin.process.api import STAY, Move, Process, Stage

ROW = 5
"""How many tabs stand side by side."""


@dataclass(frozen=True, slots=True)
class Offer:
    """The moves as tabs; `chosen` is the one whose form is open, or None when there is nothing to do."""

    first: Sequence[Move]
    more: Sequence[Move]
    chosen: Move | None

    @property
    def chosen_is_rare(self) -> bool:
        """Whether the open form belongs to a move behind 更多."""
        return self.chosen is not None and self.chosen in self.more


def make_offer(view: CaseView, wanted: str = "") -> Offer:
    """Order `view.moves`; `wanted` is opened when it is among them, else the first."""
    stage = view.process.get_stage(view.case.stage)
    plain = sorted(
        (move for move in view.moves if not is_rare(view.process, stage, move)),
        key=_order(view.process, stage),
    )
    rare = [move for move in view.moves if move not in plain]
    if not plain:
        plain, rare = rare, []
    first, more = plain[:ROW], [*plain[ROW:], *rare]
    chosen = next((move for move in view.moves if move.key == wanted), first[0] if first else None)
    return Offer(first, more, chosen)


def decides(move: Move) -> bool:
    """Whether the move is a second person's word on what somebody asked for."""
    return "second-person" in move.needs


def is_rare(process: Process, stage: Stage, move: Move) -> bool:
    """Nobody is awaited for it, or it can be done at most times: a remark, a hurry, a withdrawal."""
    unfinished = sum(one.kind != "closed" for one in process.stages.values())
    awaited = not stage.awaits or bool(set(move.roles).intersection(stage.awaits))
    return not awaited or len(move.sources) * 2 > unfinished > 2


def _order(process: Process, stage: Stage) -> Callable[[Move], tuple[int, int]]:
    """Decisions on a request first; then forward and near; what stays; asides; what goes back."""
    steps = {step.key: at for at, step in enumerate(process.steps)}
    order = {key: at for at, key in enumerate(process.stages)}
    here = steps[stage.step]

    def rank(move: Move) -> tuple[int, int]:
        if stage.kind == "review" and decides(move):
            return 0, 0
        if move.to == STAY:
            return 2, 0
        ends = [process.stages[end] for end in move.ends(stage.key)]
        ahead = [steps[end.step] - here for end in ends if steps[end.step] > here]
        if ahead:
            return 1, min(ahead)
        if all(steps[end.step] < here for end in ends):
            return 4, 0
        finishes = here == len(steps) - 1 and any(end.kind == "closed" for end in ends)
        onward = any(end.kind == "open" and order[end.key] > order[stage.key] for end in ends)
        return (1, 0) if finishes or onward else (3, 0)

    return rank
