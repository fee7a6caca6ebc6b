"""Turns texts into weighted vectors of words and of runs of two and three signs."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from huiyin.language.words import cut_words

TITLE_COUNTS = 5
"""How often a title is counted: it names place and matter where the words tell of everything."""
READ_SIGNS = 500
OWN_COUNTS = 0.25
_OWN, _COMMON = -1, -2
"""Where there would be a column, for what one text alone has and for what too many have."""
FEW = 20
"""Among so few texts what all of them have still tells something: they may all be about one matter."""
_RUNS = re.compile(r"[\u3400-\u9fffA-Za-z0-9]+")


def cut_features(text: str) -> list[str]:
    """Words of two signs and more, and (marked #) every run of two and of three signs; with repetitions."""
    found = [word for word in cut_words(text) if len(word) > 1 and _RUNS.fullmatch(word)]
    for run in _RUNS.findall(text):
        found += ["#" + run[at : at + 2] for at in range(len(run) - 1)]
        found += ["#" + run[at : at + 3] for at in range(len(run) - 2)]
    return found


def count_features(title: str, words: str) -> Counter[str]:
    """How often each feature stands in a text, the title's counted more; beyond 500 signs none is read."""
    counts: Counter[str] = Counter()
    for feature in cut_features(title):
        counts[feature] += TITLE_COUNTS
    counts.update(cut_features(words[:READ_SIGNS]))
    return counts


def count_texts(texts: Sequence[Mapping[str, int]]) -> Counter[str]:
    """How many of the texts have each feature."""
    having: Counter[str] = Counter()
    for counts in texts:
        having.update(counts.keys())
    return having


def weigh_features(having: Mapping[str, int], total: int) -> dict[str, float]:
    """The weight of each feature that two texts have and no large part of them: rarer weighs more."""
    most = max(total // 5, min(total, 12))
    return {
        feature: math.log((FEW + total) / (1 + count))
        for feature, count in having.items()
        if 2 <= count <= most
    }


def make_vectors(
    texts: Sequence[Mapping[str, int]], weights: Mapping[str, float], having: Mapping[str, int]
) -> Any:
    """A sparse matrix: a row of length one at most for each text, columns in the order of `weights`.

    What a text alone has makes it unlike all others, at a quarter of its weight: else two texts that share
    nothing but common words would look the same when there are few texts.
    """
    import numpy as np
    from scipy.sparse import csr_matrix

    places = dict.fromkeys(having, _COMMON)
    places.update((feature, _OWN) for feature, count in having.items() if count == 1)
    places.update((feature, at) for at, feature in enumerate(weights))
    heavy = np.array([*weights.values(), 0.0])
    own = math.sqrt(OWN_COUNTS) * math.log((FEW + len(texts)) / 2)
    rows, starts = [], [0]
    for counts in texts:
        at = np.fromiter(map(places.__getitem__, counts), np.int64, len(counts))
        often = 1 + np.log(np.fromiter(counts.values(), np.float64, len(counts)))
        kept, values = at[at >= 0], (often * heavy[at])[at >= 0]
        square = float((values**2).sum() + ((own * often[at == _OWN]) ** 2).sum())
        order = kept.argsort()
        rows.append((kept[order], (values[order] / (math.sqrt(square) or 1.0)).astype(np.float32)))
        starts.append(starts[-1] + len(kept))
    columns = np.concatenate([row for row, _ in rows]) if rows else np.zeros(0, np.int64)
    values = np.concatenate([row for _, row in rows]) if rows else np.zeros(0, np.float32)
    return csr_matrix((values, columns, starts), shape=(len(texts), max(len(weights), 1)))
