"""The suggestion of a case as it is shown: one statement, every name looked up as it is now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from huiyin.kernel.words import Words
from huiyin.triage import store
from huiyin.triage.models import Prediction
from huiyin.triage.values import Panel


def find_panel(case_id: int) -> Panel | None:
    """The newest suggestion of the case; None when none was made yet."""
    told = store.read_panel(case_id)
    if told is None:
        return None
    same = ("version", "origin", "basis", "per_mille", "category_id", "category_code", "unit_id", "unit_key",
            "clause", "clause_basis", "grade", "urgent", "urgent_words", "way", "hindrance", "outcome",
            "automatic")  # fmt: skip
    return Panel(
        prediction_id=told["id"],
        category=tuple(_call(one) for one in told["category"] or ()),
        ranked=tuple((_call(one), int(one[2]), int(one[3])) for one in told["ranked"] or ()),
        reasons=tuple(str(one[0]) for one in told["reasons"]),
        unit=_call(told["unit"]) if told["unit"] else None,
        way_title=_call(told["way_title"]) if told["way_title"] else None,
        place=_call_path(told["area"] or ()),
        past=_list_cases(told["past"]),
        alike=_list_cases(told["alike"]),
        **{key: told[key] for key in same},
    )


def _call(one: Sequence[Any]) -> Words:
    return Words(str(one[0]), str(one[1] or ""))


def _call_path(path: Sequence[Sequence[Any]]) -> Words | None:
    if not path:
        return None
    return Words(" ".join(str(one[0]) for one in path), ", ".join(str(one[1] or one[0]) for one in path))


def _list_cases(told: Sequence[Mapping[str, Any]] | None) -> tuple[Mapping[str, Any], ...]:
    return tuple(told or ())


def map_automatic(case_ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Of these cases those that went by themselves: by which version, and how sure. One statement."""
    found = Prediction.objects.filter(case_id__in=list(case_ids), automatic=True).order_by("id")
    rows = found.values_list("case_id", "version__number", "per_mille")
    return {case_id: (number, per_mille) for case_id, number, per_mille in rows}
