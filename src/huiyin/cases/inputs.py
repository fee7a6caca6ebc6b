"""Whether what came with a move is what its kinds promise: units that exist, files of this very case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from huiyin.cases.models import Attachment
from huiyin.cases.values import CaseState
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.people.api import Unit, map_units
from huiyin.process.api import INPUTS, Input, Move
from huiyin.register.api import get_category, get_lawful_way

MOST_SIGNS = 5000
_TEXTS = frozenset({"text", "line", "cause", "limit", "way", "case", "grade"})


@dataclass(slots=True)
class Checked:
    """The inputs of a move, texts cleaned, and the units that they name."""

    inputs: dict[str, Any] = field(default_factory=dict)
    units: dict[int, Unit] = field(default_factory=dict)


def check_inputs(case: CaseState, move: Move, inputs: Mapping[str, Any]) -> Checked:
    """What the move asks for of `inputs`; refused when one names what is not there.

    Whether one is missing, and the kinds that the engine itself reasons about, are left to the engine.
    """
    checked = Checked()
    for ask in move.asks:
        value, known = inputs.get(ask.key), INPUTS[ask.key]
        if value is not None and value not in ("", [], ()):
            checked.inputs[ask.key] = _check(case, known, value, checked)
    return checked


def _check(case: CaseState, known: Input, value: Any, checked: Checked) -> Any:
    if known.kind in _TEXTS:
        return _read_text(known, value)
    if known.kind == "unit":
        return _read_units(known, [value], checked)[0]
    if known.kind == "units":
        return _read_units(known, _demand_list(known, value), checked)
    if known.kind == "category":
        return get_category(_demand_id(known, value)).pk
    return _read_files(case, known, value) if known.kind == "files" else value


def _read_text(known: Input, value: Any) -> str:
    if not isinstance(value, str):
        raise _misread(known)
    text = clean(value)
    if len(text) > MOST_SIGNS:
        words = Words(
            "“{title}”最多 {most} 字，现在有 {count} 字。",
            "“{title}” takes at most {most} signs; there are {count}.",
        )
        filled = words.fill(title=known.title, most=MOST_SIGNS, count=len(text))
        raise Refusal("words-too-long", filled, field=known.key)
    if known.kind == "way" and text:
        get_lawful_way(text)
    return text


def _read_units(known: Input, given: list[Any], checked: Checked) -> list[int]:
    ids = list(dict.fromkeys(_demand_id(known, one) for one in given))
    units = map_units(ids)
    if any(pk not in units or not units[pk].active for pk in ids):
        raise _misread(known)
    checked.units |= units
    return ids


def _read_files(case: CaseState, known: Input, value: Any) -> list[int]:
    ids = [_demand_id(known, one) for one in _demand_list(known, value)]
    found = Attachment.objects.filter(case_id=case.id, pk__in=ids).values_list("pk", flat=True)
    if set(ids) != set(found):
        raise _misread(known)
    return ids


def _demand_list(known: Input, value: Any) -> list[Any]:
    if not isinstance(value, list | tuple):
        raise _misread(known)
    return list(value)


def _demand_id(known: Input, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < 2**63:
        raise _misread(known)
    return value


def _misread(known: Input) -> Refusal:
    words = Words("“{title}”填得不对，请重新选择。", "“{title}” is not filled in properly; choose again.")
    return Refusal("input-misshapen", words.fill(title=known.title), field=known.key)
