"""Which moves may be made on many cases at once: told from what they do and ask, for any process."""

from __future__ import annotations

from collections.abc import Iterable

from huiyin.cases.api import Acting
from huiyin.process.api import INPUTS, SCOPES, Move, Process, list_moves

TOGETHER = frozenset({"accept", "dispatch", "regrade", "sign", "merge", "supervise", "hurry"})
"""Effects that may happen to many cases by one hand. Answers, decisions and ratings are made one by one."""

ASKED = frozenset({"text", "line", "unit", "units", "yes-no", "grade", "case"})
"""Kinds of inputs that one form can ask for many cases."""

ICONS = {
    "dispatch": "send",
    "merge": "merge",
    "supervise": "bell-ring",
    "sign": "check-check",
    "hurry": "alarm-clock",
    "accept": "inbox",
    "regrade": "flag",
}


def list_batch_moves(process: Process, stage: str, acting: Acting) -> list[Move]:
    """The moves of a stage that `acting` might make in a batch, if its units had every part in the case.

    Only a first choice for the bar: the batch itself asks for each case whether the move is open there.
    """
    bare = {post.role for post in acting.posts}
    scoped = {f"{role}@{part}" for role in bare for part in SCOPES}
    return [move for move in list_moves(process, stage, frozenset(bare | scoped)) if may_batch(move)]


def may_batch(move: Move) -> bool:
    """Whether the move does only what may be done together, and demands only what one form can ask."""
    effects = move.effects()
    demanded = (INPUTS[ask.key].kind for ask in move.asks if ask.required)
    return bool(effects) and TOGETHER.issuperset(effects) and ASKED.issuperset(demanded)


def choose_icon(move: Move) -> str:
    """The icon of what the move does first and foremost."""
    return next((ICONS[effect] for effect in ICONS if effect in move.effects()), "arrow-right")


def sort_moves(moves: Iterable[Move]) -> list[Move]:
    """One move per key, in the order of what they do: dispatch, merge, supervise, sign …"""
    rank = {effect: at for at, effect in enumerate(ICONS)}
    first = {move.key: move for move in reversed(list(moves))}
    return sorted(first.values(), key=lambda move: (min(rank[effect] for effect in move.effects()), move.key))
