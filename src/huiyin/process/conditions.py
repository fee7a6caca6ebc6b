"""The conditions that choose between a move's ways out."""

from __future__ import annotations

from collections.abc import Callable

from huiyin.process.definition import ALWAYS
from huiyin.process.facts import Facts
from huiyin.process.guards import Inputs

Condition = Callable[[Facts, Inputs], bool]


def _unsolved(_facts: Facts, inputs: Inputs) -> bool:
    return inputs.get("solved") is False


def _discontent(_facts: Facts, inputs: Inputs) -> bool:
    """Neither 满意 nor 理解: no understanding, and it is unsolved or rated below 基本满意 (3 of 5)."""
    satisfied = inputs.get("satisfied")
    content = bool(inputs.get("solved")) and (satisfied is None or satisfied >= 3)
    return not content and not inputs.get("understood")


def _unplaced(condition: Condition) -> Condition:
    """The same, of a case that no unit holds (answered at once, or with its group): dispatch it first."""
    return lambda facts, inputs: not facts.placed and condition(facts, inputs)


CONDITIONS: dict[str, Condition] = {
    ALWAYS: lambda _facts, _inputs: True,
    "unplaced": lambda facts, _inputs: not facts.placed,
    "disputed-before": lambda facts, _inputs: facts.disputes > 0,
    "unreached": lambda _facts, inputs: inputs.get("reached") is False,
    "not-solved": _unsolved,
    "not-content": _discontent,
    "not-solved-unplaced": _unplaced(_unsolved),
    "not-content-unplaced": _unplaced(_discontent),
}
"""Which way out a move takes; the first branch whose condition holds wins."""
