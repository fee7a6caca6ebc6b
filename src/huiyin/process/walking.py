"""Walks the stages of a process along its moves."""

from __future__ import annotations

from collections.abc import Callable, Collection

from huiyin.process.definition import Move, Process


def find_reach(
    process: Process,
    start: str,
    beyond: Callable[[str], bool] = lambda _stage: True,
    by: Callable[[Move], bool] = lambda _move: True,
) -> set[str]:
    """Every stage that a case in `start` can come to, itself included.

    It moves by what `by` allows, and goes on from each stage that `beyond` allows.
    """
    seen, front = {start}, [start]
    while front:
        stage = front.pop()
        for move in process.moves.values():
            if stage in move.sources and by(move):
                new = set(move.ends(stage)) - seen
                seen |= new
                front.extend(end for end in new if beyond(end))
    return seen


def trace_requests(process: Process) -> dict[str, frozenset[str]]:
    """By stage, the inputs that a request which is under review there surely holds.

    A move that does `ask` opens a request with what it demands; the request lasts while the case goes on from
    review to review. Where several roads lead to a stage, only what all of them bring is sure.
    """
    known = {process.start: frozenset[str]()}
    front = [process.start]
    while front:
        stage = front.pop()
        for move in process.moves.values():
            if stage not in move.sources:
                continue
            for end in move.ends(stage):
                brought = _brings(process, move, known[stage], end)
                sure = known[end] & brought if end in known else brought
                if end not in known or sure != known[end]:
                    known[end] = sure
                    front.append(end)
    return known


def _brings(process: Process, move: Move, held: frozenset[str], end: str) -> frozenset[str]:
    if end not in process.stages or process.stages[end].kind != "review":
        return frozenset()
    return demanded(move) if "ask" in move.does else held


def demanded(move: Move) -> frozenset[str]:
    """The inputs without which the move is refused."""
    return frozenset(ask.key for ask in move.asks if ask.required)


def held_by(known: dict[str, frozenset[str]], sources: Collection[str]) -> frozenset[str]:
    """What the request surely holds in every one of `sources`; stages that no case comes to do not count."""
    held = [known[stage] for stage in sources if stage in known]
    return frozenset.intersection(*held) if held else frozenset()
