"""Which words of a text spoke for a label: the parts of a linear score, given back to the words."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import numpy.typing as npt

from huiyin.learning.features import list_words, tidy
from huiyin.learning.values import Reason
from huiyin.learning.views import Views, WordView

SHORTEST = 2


def list_reasons(
    views: Views, weights: npt.NDArray[np.float32], text: tuple[str, str], most: int
) -> list[Reason]:
    """The words of two signs or more with the greatest part of the score by `weights` (one a column)."""
    tidied = [tidy(part) for part in text]
    row = views.make_rows([text])
    parts = dict(zip(row.indices.tolist(), (row.data * weights[row.indices]).tolist(), strict=True))
    told: defaultdict[str, float] = defaultdict(float)
    start = 0
    for view in views.each:
        if isinstance(view, WordView):
            for word in set(list_words(tidied[view.part])):
                at = view.vocabulary.get(word)
                told[word] += parts.get(start + at, 0.0) if at is not None else 0.0
        start += len(view.rarity)
    spoke = [Reason(word, weight) for word, weight in told.items() if weight > 0 and len(word) >= SHORTEST]
    return sorted(spoke, key=lambda reason: (-reason.weight, reason.words))[:most]
