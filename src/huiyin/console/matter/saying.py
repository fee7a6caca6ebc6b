"""Says the inputs of a move in words, each marked by whether the person of the case sees it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from huiyin.console.matter.names import Names
from huiyin.kernel.words import Words
from huiyin.process.api import INPUTS, Input
from huiyin.workdays.api import Limit, Uncountable

FIVE = {
    5: Words("非常满意", "Very satisfied"),
    4: Words("满意", "Satisfied"),
    3: Words("基本满意", "Fairly satisfied"),
    2: Words("不满意", "Dissatisfied"),
    1: Words("非常不满意", "Very dissatisfied"),
}
"""The five grades of GB/T 39734."""

YES, NO = Words("是", "Yes"), Words("否", "No")
_IN_TITLE = frozenset({"unit", "units", "files"})


@dataclass(frozen=True, slots=True)
class Saying:
    """One input in words. `long` ones are paragraphs; `seen` tells whether the person may read it."""

    title: Words
    what: Words
    seen: bool
    long: bool


def say_inputs(
    inputs: Mapping[str, Any], names: Names, *, shown: bool, units: bool = False
) -> Iterator[Saying]:
    """What was given, in the order given. `shown`: the person sees this step. Units stand in its title."""
    for key, value in inputs.items():
        known = INPUTS.get(key, Input(key, "text", Words(key)))
        if known.kind in _IN_TITLE and not (units and known.kind != "files"):
            continue
        what = say_value(known, value, names)
        if what.zh:
            yield Saying(known.title, what, shown and known.public, known.kind == "text")


def say_value(known: Input, value: Any, names: Names) -> Words:
    """One value in words, by the kind of its input; a kind that is new here is said as it is."""
    say = _SAYERS.get(known.kind)
    return say(value, names) if say else Words(str(value))


def _say_limit(value: Any, _names: Names) -> Words:
    try:
        return Limit.parse(str(value)).tell()
    except Uncountable:
        return Words(str(value))


def _say_date(value: Any, _names: Names) -> Words:
    return Words(value.isoformat() if isinstance(value, date) else str(value))


def _say_units(value: Any, names: Names) -> Words:
    shorts = [names.unit(unit) for unit in value]
    return Words("、".join(shorts), ", ".join(shorts))


_SAYERS: dict[str, Callable[[Any, Names], Words]] = {
    "yes-no": lambda value, _names: YES if value else NO,
    "five": lambda value, _names: FIVE.get(value, Words(str(value))),
    "limit": _say_limit,
    "date": _say_date,
    "grade": lambda value, names: names.process.grades.get(value, Words(str(value))),
    "way": lambda value, names: names.way(str(value)),
    "category": lambda value, names: names.category(value),
    "case": lambda value, names: Words(names.case(value)),
    "unit": lambda value, names: Words(names.unit(value)),
    "units": _say_units,
}
