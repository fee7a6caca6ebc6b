"""What a batch asks for besides the cases: the fields of its form, and reading them when they are sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from huiyin.console.worklists.batchable import ASKED
from huiyin.console.worklists.picking import Picked
from huiyin.kernel.words import Words
from huiyin.people.api import list_units
from huiyin.process.api import INPUTS, Input

BY_REGISTER = "register"
"""As the lead unit: each case goes to the unit that the duty register names for it."""


@dataclass(frozen=True, slots=True)
class Field:
    """One input of the form; `options` for those that are chosen."""

    input: Input
    required: bool
    options: Sequence[tuple[str, Words]] = ()


def list_fields(picked: Sequence[Picked], move: str) -> list[Field]:
    """What the move asks of the picked cases, each input once; demanded where any process demands it."""
    demanded: dict[str, bool] = {}
    for one in picked:
        for ask in one.moves[move].asks:
            if INPUTS[ask.key].kind in ASKED:
                demanded[ask.key] = demanded.get(ask.key, False) or ask.required
    units = _list_units() if {"lead", "assisting"} & demanded.keys() else []
    return [
        Field(INPUTS[key], required, _list_options(INPUTS[key], picked, units))
        for key, required in demanded.items()
    ]


def _list_units() -> list[tuple[str, Words]]:
    return [(str(unit.pk), Words(unit.short, unit.name_en)) for unit in list_units()]


def _list_options(
    asked: Input, picked: Sequence[Picked], units: Sequence[tuple[str, Words]]
) -> Sequence[tuple[str, Words]]:
    if asked.kind == "unit":
        by_register = Words(
            "按职责清单，每件派给各自的主办单位", "By the duty list: each case to its own unit"
        )
        return [("", Words("请选择", "Choose")), (BY_REGISTER, by_register), *units]
    if asked.kind == "units":
        return units
    if asked.kind == "grade":
        shared = _list_grades(picked)
        return [("", Words("不改变", "As it is")), *shared]
    return ()


def _list_grades(picked: Iterable[Picked]) -> list[tuple[str, Words]]:
    """The grades that every picked case's process has."""
    kinds = [one.process.grades for one in picked]
    return (
        [(key, title) for key, title in kinds[0].items() if all(key in grades for grades in kinds)]
        if kinds
        else []
    )


def read_inputs(fields: Sequence[Field], sent: QueryDict) -> tuple[dict[str, Any], dict[str, str]]:
    """The inputs as moves take them, and what is wrong with them by the name of the field."""
    inputs: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for field in fields:
        value = _read(field, sent)
        if value:
            inputs[field.input.key] = value
        elif field.required:
            errors[field.input.key] = _("这一项必须填写。")
    return inputs, errors


def _read(field: Field, sent: QueryDict) -> Any:
    key, known = field.input.key, {value for value, _title in field.options if value}
    if field.input.kind == "units":
        return [int(value) for value in sent.getlist(key) if value in known]
    text = sent.get(key, "").strip().replace("\0", "")
    if field.input.kind == "unit":
        return text if text == BY_REGISTER else int(text) if text in known else None
    if field.input.kind == "yes-no":
        return text == "on"
    if field.input.kind == "case":
        return (sent.get("into_number", "") if text == "other" else text).strip().upper().replace("\0", "")
    return text if field.input.kind != "grade" or text in known else None


def keep_typed(fields: Sequence[Field], sent: QueryDict) -> Mapping[str, Any]:
    """What was typed, as the form shows it again."""
    typed: dict[str, Any] = {"into_number": sent.get("into_number", "")}
    for field in fields:
        key = field.input.key
        typed[key] = sent.getlist(key) if field.input.kind == "units" else sent.get(key, "")
    return typed
