"""Whether what came with a move is what its kinds promise: units that exist, files of this very case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from huiyin.cases.models import Attachment
from huiyin.cases.values import CaseState
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.process.api import INPUTS, Input, Move
from huiyin.register.api import Named, get_lawful_way, look_up, refuse_category

MOST_SIGNS = 5000
_TEXTS = frozenset({"text", "line", "clause", "cause", "limit", "way", "case", "grade"})


@dataclass(slots=True)
class Checked:
    """The inputs of a move, texts cleaned, and what there is of the category and the units that they name."""

    inputs: dict[str, Any] = field(default_factory=dict)
    named: Named = field(default_factory=Named)


def check_inputs(case: CaseState, move: Move, inputs: Mapping[str, Any], on: date) -> Checked:
    """What the move asks for of `inputs`, on that day; refused when one names what is not there.

    Whether one is missing, and the kinds that the engine itself reasons about, are left to the engine.
    """
    given = {
        ask.key: value
        for ask in move.asks
        if (value := inputs.get(ask.key)) is not None and value not in ("", [], ())
    }
    named = _look_up(case, given, on)
    return Checked({key: _check(case, INPUTS[key], value, named) for key, value in given.items()}, named)


def _look_up(case: CaseState, given: Mapping[str, Any], on: date) -> Named:
    """What there is of all that is named; what is misshapen is passed over here, and refused in its turn."""
    ids: dict[str, list[Any]] = {"category": [], "unit": [], "units": []}
    for key, value in given.items():
        if INPUTS[key].kind in ids:
            listed = value if isinstance(value, list | tuple) else [value]
            ids[INPUTS[key].kind] += filter(_is_id, listed)
    category = next(iter(ids["category"]), None)
    units = {*ids["unit"], *ids["units"]}
    if category is None and not units:
        return Named()
    return look_up(category, units, (category or case.category_id, case.area_id), on)


def _check(case: CaseState, known: Input, value: Any, named: Named) -> Any:
    if known.kind in _TEXTS:
        return _read_text(known, value)
    if known.kind == "unit":
        return _read_units(known, [value], named)[0]
    if known.kind == "units":
        return _read_units(known, _demand_list(known, value), named)
    if known.kind == "category":
        return _read_category(known, value, named)
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


def _read_units(known: Input, given: list[Any], named: Named) -> list[int]:
    ids = list(dict.fromkeys(_demand_id(known, one) for one in given))
    if any(pk not in named.units or not named.units[pk].active for pk in ids):
        raise _misread(known)
    return ids


def _read_category(known: Input, value: Any, named: Named) -> int:
    category_id = _demand_id(known, value)
    if not named.has_category:
        raise refuse_category()
    return category_id


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


def _is_id(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**63


def _demand_id(known: Input, value: Any) -> int:
    if not _is_id(value):
        raise _misread(known)
    return int(value)


def _misread(known: Input) -> Refusal:
    words = Words("“{title}”填得不对，请重新选择。", "“{title}” is not filled in properly; choose again.")
    return Refusal("input-misshapen", words.fill(title=known.title), field=known.key)
