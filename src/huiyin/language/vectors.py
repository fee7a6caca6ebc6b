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

    columns = {feature: at for at, feature in enumerate(weights)}
    alone = OWN_COUNTS * math.log((FEW + len(texts)) / 2) ** 2
    starts, places, values = [0], [], []
    for counts in texts:
        row: dict[int, float] = {}
        square = 0.0
        for feature, count in counts.items():
            place = columns.get(feature)
            if place is not None:
                row[place] = value = (1 + math.log(count)) * weights[feature]
                square += value * value
            elif having[feature] == 1:
                square += alone * (1 + math.log(count)) ** 2
        length = math.sqrt(square) or 1.0
        for place in sorted(row):
            places.append(place)
            values.append(row[place] / length)
        starts.append(len(places))
    shape = (len(texts), max(len(columns), 1))
    return csr_matrix((np.array(values, dtype=np.float32), places, starts), shape=shape)
