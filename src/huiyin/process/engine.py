"""Decides a move: from the stage, for the role, with the inputs asked for, under every guard."""

from __future__ import annotations

from dataclasses import dataclass

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.process.conditions import CONDITIONS
from huiyin.process.definition import STAY, Move, Process
from huiyin.process.facts import Actor, Facts
from huiyin.process.guards import GUARDS, Inputs
from huiyin.process.inputs import demand_inputs, keep_inputs


@dataclass(frozen=True, slots=True)
class Decision:
    """An allowed move: where it leads, what it does, in order, and the inputs that it keeps.

    `anew` when the move names its target: even the stage in which the case stands is then entered afresh.
    """

    move: Move
    source: str
    target: str
    does: tuple[str, ...]
    inputs: Inputs
    anew: bool


def list_moves(process: Process, stage: str, roles: frozenset[str]) -> list[Move]:
    """The moves that somebody with `roles` may try from `stage`, in the order of the file."""
    return [
        move for move in process.moves.values() if stage in move.sources and roles.intersection(move.roles)
    ]


def decide(process: Process, move_key: str, facts: Facts, actor: Actor, inputs: Inputs) -> Decision:
    """Allow the move and say what it does, or raise the first `Refusal` that applies.

    Guards come before blank inputs: whoever is too late to ask hears so before being sent to fill in a
    reason, and a refusal for want of evidence cites its rule. Inputs not asked for are dropped.
    """
    move = process.get_move(move_key)
    _demand_stage(process, move, facts)
    _demand_role(move, actor)
    kept = keep_inputs(process, move, inputs)
    for guard in move.needs:
        refusal = GUARDS[guard](process, facts, actor, kept)
        if refusal is not None:
            raise refusal
    demand_inputs(move, kept)
    for branch in move.branches:
        if CONDITIONS[branch.when](facts, kept):
            return _conclude(move, facts, branch.to, branch.does, kept)
    return _conclude(move, facts, move.to, (), kept)


def _conclude(move: Move, facts: Facts, to: str, more: tuple[str, ...], inputs: Inputs) -> Decision:
    target = facts.stage if to == STAY else to
    return Decision(move, facts.stage, target, (*move.does, *more), inputs, anew=to != STAY)


def _demand_stage(process: Process, move: Move, facts: Facts) -> None:
    if facts.stage in move.sources:
        return
    raise Refusal(
        "wrong-stage",
        Words(
            "工单现在处于“{stage}”，不能“{move}”。请刷新页面查看最新进展。",
            "The case is at “{stage}”, so “{move}” cannot be done. Reload to see where it stands.",
        ).fill(stage=process.get_stage(facts.stage).title, move=move.title),
    )


def _demand_role(move: Move, actor: Actor) -> None:
    if actor.roles.intersection(move.roles):
        return
    raise Refusal(
        "not-your-duty",
        Words("您的岗位不能“{move}”。请交给有权办理的人员。", "Your post does not allow “{move}”.").fill(
            move=move.title
        ),
        rule="岗位职责分离",
    )
