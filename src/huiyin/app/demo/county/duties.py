"""The county's register of duties: its catalogue, and ninety-nine powers handed to its townships."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from importlib.resources import files
from typing import Any

from django.utils import timezone

from huiyin.app.demo.county.reading import read_rows
from huiyin.people.api import Unit, UnitKind
from huiyin.register.api import Category, Cause, Duty, NewDuty, Part, change_register

VALID_FROM = date(2025, 1, 1)
CATALOGUE = Cause("《禾川县派单目录（2025年版）》", "install")
_Kinds = Mapping[str, tuple[str, ...]]
_ENDINGS: _Kinds = {"all": ("",), "streets": ("街道办",), "towns": ("镇政府",), "rural": ("镇政府", "乡政府")}
"""To which townships a power is handed, by how their offices are called."""


def install_duties(categories: Mapping[str, Category]) -> None:
    """Add what is missing: the catalogue as one version of the register, the powers as the next."""
    units = {unit.key: unit for unit in Unit.objects.order_by("sort")}
    townships = [unit for unit in units.values() if unit.kind == UnitKind.TOWNSHIP]
    known = set(Duty.objects.values_list("unit_id", "category_id", "area_id", "part", "clause"))
    powers = _read_powers()
    for news, cause, on in (
        (_list_catalogue(categories, units, townships), CATALOGUE, VALID_FROM),
        (_list_powers(powers, categories, units, townships), _name_cause(powers), powers["valid_from"]),
    ):
        change_register(
            [new for new in news if _identify(new) not in known], by=None, now=_morning(on), cause=cause
        )


def _identify(new: NewDuty) -> tuple[int, int, int | None, str, str]:
    return new.unit_id, new.category_id, new.area_id, new.part, new.clause


def _morning(on: date) -> datetime:
    return datetime.combine(on, time(9), timezone.get_current_timezone())


def _list_catalogue(
    categories: Mapping[str, Category], units: Mapping[str, Unit], townships: Sequence[Unit]
) -> Iterator[NewDuty]:
    """The rows of the catalogue; the word `townships` stands for every township in its own area."""
    for row in read_rows("duties"):
        for unit in townships if row["unit"] == "townships" else [units[row["unit"]]]:
            yield NewDuty(
                unit_id=unit.pk,
                category_id=categories[row["category"]].pk,
                area_id=unit.area_id,
                part=row["part"],
                clause=cite_clause(row["category"]),
                basis=row["basis"],
                valid_from=VALID_FROM,
            )


def cite_clause(code: str) -> str:
    """The clause of the catalogue that a category code stands for: `030205` → 第3.2.5条."""
    steps = (str(int(code[at : at + 2])) for at in range(0, len(code), 2))
    return f"《禾川县派单目录》第{'.'.join(steps)}条"


def _read_powers() -> dict[str, Any]:
    return tomllib.loads((files("huiyin.app.demo.county") / "powers.toml").read_text(encoding="utf-8"))


def _name_cause(powers: Mapping[str, Any]) -> Cause:
    return Cause(f"{powers['paper']} {powers['list']}", "install")


def _list_powers(
    powers: Mapping[str, Any],
    categories: Mapping[str, Category],
    units: Mapping[str, Unit],
    townships: Sequence[Unit],
) -> Iterator[NewDuty]:
    """Each power: townships lead where it was handed over, each in its own area; the department assists."""
    number = 0
    for handed in powers["handed"]:
        category = categories[handed["category"]]
        takers = [unit for unit in townships if unit.short.endswith(_ENDINGS[handed["to"]])]
        for title in handed["powers"]:
            number += 1
            told = {
                "category_id": category.pk,
                "clause": f"{powers['list']}第{number}项：{title}",
                "basis": f"{powers['law']}；{powers['paper']}",
                "valid_from": powers["valid_from"],
            }
            for unit in takers:
                yield NewDuty(unit.pk, area_id=unit.area_id, **told)
            yield NewDuty(units[handed["department"]].pk, part=Part.ASSISTING, **told)
