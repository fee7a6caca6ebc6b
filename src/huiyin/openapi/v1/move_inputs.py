"""What a move is sent with: a shape made from the engine's own inputs, and its codes turned into ids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.openapi.v1.shapes import CaseNumber, Code, Key, Said
from huiyin.process.api import INPUTS, Input
from huiyin.register.api import find_by_codes

_BY_KIND: dict[str, Any] = {
    "text": Said,
    "line": Said,
    "clause": Said,
    "cause": Said,
    "way": Key,
    "grade": Key,
    "limit": Annotated[str, Meta(pattern="^[0-9]{1,3}(h|d|wd|mo)$", examples=["5wd"])],
    "case": CaseNumber,
    "category": Code,
    "unit": Key,
    "units": Annotated[list[Key], Meta(max_length=50)],
    "files": Annotated[list[Annotated[int, Meta(ge=1, le=2**53)]], Meta(max_length=50)],
    "yes-no": bool,
    "five": Annotated[int, Meta(ge=1, le=5)],
    "date": date,
}


def _describe(known: Input) -> Any:
    told = f"{known.title.zh}。 {known.title.en}."
    return Annotated[_BY_KIND[known.kind], Meta(description=told)] | UnsetType


MoveInputs: Any = msgspec.defstruct(
    "MoveInputs",
    [(known.key, _describe(known), UNSET) for known in INPUTS.values()],
    forbid_unknown_fields=True,
    module=__name__,
    namespace={"__doc__": "What the move asks for: see `asks` of the moves that may be done now."},
)


def read_inputs(given: Any) -> dict[str, Any]:
    """The inputs as the cases take them: units and category by id. Refused when a code names nothing."""
    inputs = {key: value for key in INPUTS if (value := getattr(given, key)) is not UNSET}
    named = [(key, value, kind) for key, value in inputs.items() if (kind := INPUTS[key].kind) in _NAMING]
    if not named:
        return inputs
    category = next((value for _key, value, kind in named if kind == "category"), None)
    keys = [unit for _key, value, kind in named if kind != "category" for unit in _list(value, kind)]
    found = find_by_codes(category, keys)
    for key, value, kind in named:
        if kind == "category":
            inputs[key] = demand_category(found.category_id, value, key)
        else:
            ids = _demand_units(found.units, _list(value, kind), key)
            inputs[key] = ids[0] if kind == "unit" else ids
    return inputs


_NAMING = frozenset({"category", "unit", "units"})


def _list(value: Any, kind: str) -> list[str]:
    return [value] if kind == "unit" else value


def demand_category(category_id: int | None, code: str, field: str) -> int:
    """The id, unless the code names no category: refuses `category-not-found`."""
    if category_id is None:
        words = Words("没有代码为 {code} 的类别。见 /categories。", "No category {code}. See /categories.")
        raise Refusal("category-not-found", words.fill(code=code), field=field)
    return category_id


def _demand_units(known: Mapping[str, int], keys: Sequence[str], field: str) -> list[int]:
    missing = [key for key in keys if key not in known]
    if missing:
        words = Words("没有“{key}”这个单位。见 /units。", "No unit “{key}”. See /units.")
        raise Refusal("unit-not-found", words.fill(key=missing[0]), field=field)
    return [known[key] for key in keys]
