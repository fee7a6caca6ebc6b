"""Gathers texts that speak of the same matter: average linkage by likeness, then each to its nearest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

LIKE_ENOUGH = 0.075
"""Texts are gathered while the mean likeness (cosine) between two gatherings is at least this."""
OUTSIDER = 0.2
"""A member whose mean likeness to the rest is below this share of the gathering's own does not belong."""
MOVES = 1.6
"""A text changes its gathering for one whose members are so many times liker to it."""
AT_ONCE = 4500
"""How many texts are compared with one another at once: their likenesses take 80 MB."""


def gather(vectors: Any) -> list[list[int]]:
    """The rows that belong together: each row in one list, in order; lists by their first row.

    More rows than are compared at once are gathered part by part, and the gatherings then with one another.
    """
    count = vectors.shape[0]
    parts = [range(start, min(start + AT_ONCE, count)) for start in range(0, count, AT_ONCE)]
    found = [
        [part[at] for at in group]
        for part in parts
        for group in _gather_part(vectors[part.start : part.stop])
    ]
    if len(parts) > 1:
        found = _gather_groups(vectors, found)
    return sorted(found)


def measure_cohesion(vectors: Any, group: Sequence[int]) -> float:
    """The mean likeness of two members of a group; 1 for one alone."""
    if len(group) < 2:
        return 1.0
    total = vectors[group].sum(axis=0)
    same = float(vectors[group].multiply(vectors[group]).sum())
    return float((total @ total.T)[0, 0] - same) / (len(group) * (len(group) - 1))


def _gather_part(vectors: Any) -> list[list[int]]:
    """Average linkage, then every row goes to the gathering that it is likest to; outsiders stand alone."""
    import numpy as np

    count = vectors.shape[0]
    if count < 2:
        return [[at] for at in range(count)]
    likeness = (vectors @ vectors.T).toarray()
    np.fill_diagonal(likeness, 0)
    labels = _link(likeness)
    return _settle(likeness, labels)


def _link(likeness: Any) -> Any:
    """The label of each row after average linkage."""
    import numpy as np
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    distance = np.clip(1 - (likeness + likeness.T) / 2, 0, 1)
    np.fill_diagonal(distance, 0)
    tree = linkage(squareform(distance, checks=False), "average")
    return fcluster(tree, 1 - LIKE_ENOUGH, "distance") - 1


def _settle(likeness: Any, labels: Any) -> list[list[int]]:
    import numpy as np

    count, kinds = len(labels), int(labels.max()) + 1
    members = np.zeros((count, kinds), dtype=np.float32)
    members[np.arange(count), labels] = 1
    sizes = members.sum(axis=0)
    means = (likeness @ members) / np.maximum(sizes[None, :] - members, 1)
    means[:, sizes < 3] *= members[:, sizes < 3]  # nobody moves into a gathering of two
    best = means.argmax(axis=1)
    own = means[np.arange(count), labels]
    moved = np.where(means[np.arange(count), best] > np.maximum(MOVES * own, LIKE_ENOUGH), best, labels)
    groups: dict[int, list[int]] = {}
    for at, label in enumerate(moved.tolist()):
        groups.setdefault(label, []).append(at)
    return [part for group in groups.values() for part in _let_outsiders_go(likeness, group)]


def _let_outsiders_go(likeness: Any, group: list[int]) -> list[list[int]]:
    import numpy as np

    if len(group) < 3:
        return [group]
    mean = likeness[np.ix_(group, group)].sum(axis=1) / (len(group) - 1)
    stays = mean >= OUTSIDER * mean.mean()
    kept = [at for at, stay in zip(group, stays, strict=True) if stay]
    return [kept, *([at] for at, stay in zip(group, stays, strict=True) if not stay)]


def _gather_groups(vectors: Any, groups: list[list[int]]) -> list[list[int]]:
    """Gather what was gathered in parts: by the middles of the groups, the larger ones first."""
    import numpy as np
    from scipy.sparse import csr_matrix

    groups = sorted(groups, key=lambda group: (-len(group), group))
    large, rest = groups[:AT_ONCE], groups[AT_ONCE:]
    rows = [at for at, group in enumerate(large) for _ in group]
    places = [place for group in large for place in group]
    shares = np.array([1 / len(group) for group in large for _ in group], dtype=np.float32)
    middles = csr_matrix((shares, (rows, places)), shape=(len(large), vectors.shape[0])) @ vectors
    likeness = (middles @ middles.T).toarray()
    np.fill_diagonal(likeness, 0)
    joined: dict[int, list[int]] = {}
    for at, label in enumerate(_link(likeness).tolist()):
        joined.setdefault(label, []).extend(large[at])
    return [sorted(group) for group in joined.values()] + rest
