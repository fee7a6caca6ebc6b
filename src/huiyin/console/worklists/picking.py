"""The cases that somebody picked for a batch, and what may be done with them together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from huiyin.cases.api import Acting, Case, get_process, list_open_moves, may_see
from huiyin.console.worklists.batchable import may_batch, sort_moves
from huiyin.kernel.words import Words
from huiyin.process.api import Move, Process

MOST = 200
"""A batch is looked through by a person: more than these are not taken at once."""


@dataclass(frozen=True, slots=True)
class Picked:
    """A picked case with the moves that a batch may make on it now, by key."""

    case: Case
    process: Process
    moves: Mapping[str, Move]

    @property
    def stage(self) -> Words:
        """Where the case stands."""
        return self.process.get_stage(self.case.stage).title


def pick_cases(numbers: Iterable[str], acting: Acting) -> list[Picked]:
    """The cases of these numbers that `acting` may see, as they were picked, each once; at most `MOST`."""
    wanted = list(dict.fromkeys(number for number in numbers if "\0" not in number))[:MOST]
    found = Case.objects.filter(number__in=wanted).select_related("township", "category", "lead")
    cases = {case.number: case for case in found.prefetch_related("assignments") if may_see(case, acting)}
    return [_look_at(cases[number], acting) for number in wanted if number in cases]


def _look_at(case: Case, acting: Acting) -> Picked:
    process = get_process(case.process, case.process_version)
    moves = list_open_moves(case, process, list(case.assignments.all()), acting)
    return Picked(case, process, {move.key: move for move in moves if may_batch(move)})


def list_common_moves(picked: Sequence[Picked]) -> list[Move]:
    """The moves that are open for every picked case. Merging needs one case less: the one that leads."""
    shared = [move for one in picked for move in one.moves.values() if _is_open(move, picked)]
    return sort_moves(shared)


def _is_open(move: Move, picked: Sequence[Picked]) -> bool:
    able = sum(move.key in one.moves for one in picked)
    return able >= (len(picked) - 1 if merges(move) and len(picked) > 1 else len(picked))


def merges(move: Move) -> bool:
    """Whether the move joins a case to a group."""
    return "merge" in move.effects()


def choose_leader(picked: Sequence[Picked], move: str) -> Case:
    """The case to join: one that leads already, else one too far on to be merged, else the oldest."""

    def rank(one: Picked) -> tuple[bool, bool, int]:
        return not one.case.members, move in one.moves, one.case.pk

    return min(picked, key=rank).case
