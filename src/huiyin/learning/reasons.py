"""Which words of a text spoke for a label: the parts of a linear score, given back to the words."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import numpy.typing as npt

from huiyin.learning.values import Reason
from huiyin.learning.views import Views, WordView

SHORTEST = 2


class WordFinder:
    """Knows which word each column of the word views stands for."""

    def __init__(self, views: Views) -> None:
        words: list[str] = []
        for view in views.each:
            words.extend(view.words if isinstance(view, WordView) else [""] * len(view.rarity))
        self._words = words
        self._told = np.array([len(word) >= SHORTEST for word in words], np.bool_)

    def list_reasons(
        self, columns: npt.NDArray[np.int32], parts: npt.NDArray[np.float32], most: int
    ) -> list[Reason]:
        """The words of two signs or more with the greatest parts above nought, weightiest first.

        `parts` is what each of the `columns` of a row added to the score.
        """
        spoke = self._told[columns] & (parts > 0)
        columns, parts = columns[spoke], parts[spoke]
        first = np.argsort(-parts, kind="stable")[: 2 * most]  # a word may stand in subject and detail
        told: defaultdict[str, float] = defaultdict(float)
        for at in first.tolist():
            told[self._words[columns[at]]] += float(parts[at])
        weighed = sorted(told.items(), key=lambda one: (-one[1], one[0]))
        return [Reason(words, weight) for words, weight in weighed[:most]]
