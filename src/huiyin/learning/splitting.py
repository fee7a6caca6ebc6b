"""Cuts rows into those to learn from and those to judge by; near-duplicates never part."""

from __future__ import annotations

import warnings
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from huiyin.learning.values import Example

Answers = npt.NDArray[np.int64]


def number_groups(examples: Sequence[Example]) -> Answers:
    """A number a group; a row without a group is one by itself."""
    named = {
        group: at for at, group in enumerate(sorted({row.group for row in examples if row.group is not None}))
    }
    alone = len(named)
    return np.array(
        [named[row.group] if row.group is not None else alone + at for at, row in enumerate(examples)]
    )


def split(answers: Answers, groups: Answers, folds: int, seed: int) -> list[tuple[Answers, Answers]]:
    """Rows to learn from and rows to judge by, `folds` times; groups stay together."""
    from sklearn.model_selection import StratifiedGroupKFold

    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "The least populated class", UserWarning)
        cutter = StratifiedGroupKFold(folds, shuffle=True, random_state=seed)
        return list(cutter.split(answers, answers, groups))
