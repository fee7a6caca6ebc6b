"""What a move is sent with: a shape made from the engine's own inputs, and its codes turned into ids."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.openapi.v1.shapes import CaseNumber, Code, Key, Said
from huiyin.people.api import list_units
from huiyin.process.api import INPUTS, Input
from huiyin.register.api import find_category

_BY_KIND: dict[str, Any] = {
    "text": Said,
    "line": Said,
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
    for key, value in inputs.items():
        kind = INPUTS[key].kind
        if kind == "category":
            inputs[key] = read_category(value, key)
        elif kind in {"unit", "units"}:
            ids = _read_units([value] if kind == "unit" else value, key)
            inputs[key] = ids[0] if kind == "unit" else ids
    return inputs


def read_category(code: str, field: str) -> int:
    """The id of the active category with this code; refuses `category-not-found`."""
    category = find_category(code)
    if category is None:
        raise refuse_category(code, field)
    return category.pk


def refuse_category(code: str, field: str) -> Refusal:
    """That there is no such category."""
    words = Words("没有代码为 {code} 的类别。见 /categories。", "No category {code}. See /categories.")
    return Refusal("category-not-found", words.fill(code=code), field=field)


def _read_units(keys: Iterable[str], field: str) -> list[int]:
    known = {unit.key: unit.pk for unit in list_units()}
    missing = [key for key in keys if key not in known]
    if missing:
        words = Words("没有“{key}”这个单位。见 /units。", "No unit “{key}”. See /units.")
        raise Refusal("unit-not-found", words.fill(key=missing[0]), field=field)
    return [known[key] for key in keys]
