"""What somebody typed for a move: what is kept of it, and what is still missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.process.definition import Move, Process
from huiyin.process.vocabulary import INPUTS


def keep_inputs(process: Process, move: Move, inputs: Mapping[str, Any]) -> dict[str, Any]:
    """The inputs that the move asks for and that say something; refused when one is of the wrong kind."""
    kept = {ask.key: inputs[ask.key] for ask in move.asks if not _is_blank(inputs.get(ask.key))}
    for key, value in kept.items():
        if not _SHAPES.get(INPUTS[key].kind, _any)(value):
            raise Refusal(
                "input-misshapen",
                Words(
                    "“{title}”填得不对，请重新选择。", "“{title}” is not filled in properly; choose again."
                ).fill(title=INPUTS[key].title),
                field=key,
            )
    if "grade" in kept and kept["grade"] not in process.grades:
        words = Words(
            "这个流程没有这个等级。请从列表中选择。",
            "This process has no such grade. Choose one of the list.",
        )
        raise Refusal("no-such-grade", words, field="grade")
    return kept


def demand_inputs(move: Move, kept: Mapping[str, Any]) -> None:
    """Refuse when an input that the move requires is not there."""
    for ask in move.asks:
        if ask.required and ask.key not in kept:
            words = Words("请填写“{title}”。", "Fill in “{title}”.")
            raise Refusal("input-missing", words.fill(title=INPUTS[ask.key].title), field=ask.key)


def _is_blank(value: object) -> bool:
    """Nothing was said: no value, blanks only, or an empty list. A “no” and a zero say something."""
    if isinstance(value, str):
        return not value.strip()
    return value is None or (isinstance(value, list | tuple | set | frozenset | dict) and not value)


def _any(_value: object) -> bool:
    return True


def _is_date(value: object) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)


def _is_mark(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 5


_SHAPES: dict[str, Callable[[object], bool]] = {
    "text": lambda value: isinstance(value, str),
    "line": lambda value: isinstance(value, str),
    "clause": lambda value: isinstance(value, str),
    "grade": lambda value: isinstance(value, str),
    "yes-no": lambda value: isinstance(value, bool),
    "five": _is_mark,
    "date": _is_date,
}
"""Kinds that the engine itself reasons about; the others are for `cases` to judge."""
