"""A judgement of a model: kept in whole numbers per mille, told to other programs in shares."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from huiyin.learning.api import Judgement

WHOLE = ("accuracy", "macro_f1", "calibration_error")


def keep_figures(judgement: Judgement) -> dict[str, Any]:
    """The figures of a judgement as JSON of whole numbers per mille."""
    return {
        "rows": judgement.rows,
        **{key: to_mille(getattr(judgement, key)) for key in WHOLE},
        "per_class": [
            {
                "label": label, "rows": one.rows, "precision": to_mille(one.precision),
                "recall": to_mille(one.recall), "f1": to_mille(one.f1),
            }
            for label, one in judgement.per_class.items()
        ],
        "coverage": [
            {
                "coverage": to_mille(one.coverage), "precision": to_mille(one.precision),
                "threshold": one.per_mille,
            }
            for one in judgement.coverage
        ],
    }  # fmt: skip


def tell_figures(judgement: Judgement) -> dict[str, Any]:
    """The same as shares between 0 and 1, under the names that `huiyin triage evaluate --json` promises."""
    return {
        "rows": judgement.rows,
        **{key: round(getattr(judgement, key), 6) for key in WHOLE},
        "per_class": {
            label: {
                "rows": one.rows, "precision": round(one.precision, 6), "recall": round(one.recall, 6),
                "f1": round(one.f1, 6),
            }
            for label, one in judgement.per_class.items()
        },
        "coverage": [
            {
                "coverage": round(one.coverage, 6), "precision": round(one.precision, 6),
                "threshold": one.per_mille / 1000,
            }
            for one in judgement.coverage
        ],
    }  # fmt: skip


def to_mille(share: float) -> int:
    """A share as per mille."""
    return round(share * 1000)
