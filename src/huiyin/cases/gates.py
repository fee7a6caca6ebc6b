"""What a package above demands of a move of its own process, and does with it, in the same transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from huiyin.cases.values import Acting


@dataclass(frozen=True, slots=True)
class Passing:
    """A move that the engine allows and that is about to be written.

    `asked_by_id`: who made the request that it decides, if it decides one.
    """

    case_id: int
    number: str
    process: str
    move: str
    source: str
    target: str
    inputs: Mapping[str, Any]
    acting: Acting
    now: datetime
    asked_by_id: int | None = None


Gate = Callable[[Passing], None]
_GATES: dict[str, Gate] = {}


def register_gate(process: str, gate: Gate) -> None:
    """Have `gate` asked before each move of `process`, whichever door it comes by.

    It raises the `Refusal` that forbids the move, or writes what belongs to it; all goes together or not at
    all. Called once, when the application of the package is ready; a second gate of a process is refused.
    """
    if _GATES.get(process, gate) is not gate:
        raise ValueError(f"process {process} has a gate already")
    _GATES[process] = gate


def pass_gate(passing: Passing) -> None:
    """Ask the gate of the process, if it has one."""
    gate = _GATES.get(passing.process)
    if gate is not None:
        gate(passing)
