"""A judgement of a model as it is kept and shown: whole numbers per mille."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, is_dataclass
from typing import Any


def keep_figures(judgement: Any) -> dict[str, Any]:
    """The figures of a judgement as JSON of whole numbers per mille."""
    return {
        "rows": judgement.rows,
        "accuracy": to_mille(judgement.accuracy),
        "macro_f1": to_mille(judgement.macro_f1),
        "calibration_error": to_mille(judgement.calibration_error),
        "per_class": [_keep_class(name, one) for name, one in tell_classes(judgement)],
        "coverage": [
            {key: to_mille(value) for key, value in one.items()} for one in tell_coverage(judgement)
        ],
    }


def to_mille(value: Any) -> int:
    """A share as per mille; a whole number is one already."""
    return value if isinstance(value, int) else round(float(value) * 1000)


def to_share(value: Any) -> float:
    """The same as a share between 0 and 1."""
    return round(value / 1000, 4) if isinstance(value, int) else round(float(value), 4)


def tell_classes(judgement: Any) -> list[tuple[str, Mapping[str, Any]]]:
    """Each label with precision, recall, f1 and rows."""
    told = judgement.per_class
    pairs: Iterable[Any] = told.items() if isinstance(told, Mapping) else ((one.label, one) for one in told)
    return [(str(name), _as_mapping(one)) for name, one in pairs]


def tell_coverage(judgement: Any) -> list[Mapping[str, Any]]:
    """For each share of matters: how many of the surest are right, and from which certainty on."""
    told = judgement.coverage
    listed: Sequence[Any] = list(told.items()) if isinstance(told, Mapping) else list(told)
    return [
        {"coverage": one[0], "precision": one[1]} if isinstance(one, tuple) and not hasattr(one, "_fields")
        else _as_mapping(one)
        for one in listed
    ]  # fmt: skip


def _keep_class(name: str, told: Mapping[str, Any]) -> dict[str, Any]:
    shares = {key: to_mille(told[key]) for key in ("precision", "recall", "f1") if key in told}
    return {"label": name, "rows": int(told.get("rows", told.get("support", 0))), **shares}


def _as_mapping(value: Any) -> Mapping[str, Any]:
    if isinstance(value, Mapping):
        return value
    if hasattr(value, "_asdict"):
        return value._asdict()  # type: ignore[no-any-return]
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else dict(vars(value))
