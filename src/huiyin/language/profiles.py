"""Tells by a short list of weighted features whether a new text is about a known matter, without a corpus."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from huiyin.language.vectors import READ_SIGNS, cut_features

KEPT = 60
IN_WORDS = 600
"""What a feature counts, per mille, that stands in the words and not in the title."""
LEAST = 280
_STEP = 10


@dataclass(frozen=True, slots=True)
class Profile:
    """What marks a matter: features whose weights add up to about 1000, and from which mark a text joins."""

    weights: Mapping[str, int]
    joins_from: int


@dataclass(frozen=True, slots=True)
class Features:
    """The features of one text, to be compared with many profiles."""

    title: frozenset[str]
    words: frozenset[str]


def read_features(title: str, words: str) -> Features:
    """Cut a text once."""
    return Features(frozenset(cut_features(title)), frozenset(cut_features(words[:READ_SIGNS])))


def mark(profile: Mapping[str, int], features: Features) -> int:
    """How much of what marks the matter the text has: 0 to about 1000."""
    found = 0
    for feature, weight in profile.items():
        if feature in features.title:
            found += 1000 * weight
        elif feature in features.words:
            found += IN_WORDS * weight
    return found // 1000


class Crowd:
    """Many texts against which profiles are measured, kept by feature: each takes a look at its own alone."""

    def __init__(self, texts: Mapping[int, Features]) -> None:
        self._having: dict[str, list[tuple[int, int]]] = {}
        for at, text in texts.items():
            for feature in text.title:
                self._having.setdefault(feature, []).append((at, 1000))
            for feature in text.words - text.title:
                self._having.setdefault(feature, []).append((at, IN_WORDS))

    def mark(self, profile: Mapping[str, int], besides: Container[int]) -> list[int]:
        """The marks of the texts that have anything of the profile, without those `besides`."""
        found: dict[int, int] = {}
        for feature, weight in profile.items():
            for at, counts in self._having.get(feature, ()):
                found[at] = found.get(at, 0) + weight * counts
        return [mark // 1000 for at, mark in found.items() if at not in besides]


def make_profile(
    vectors: Any, names: Sequence[str], members: Mapping[int, Features], crowd: Crowd
) -> Profile:
    """The profile of the rows `members` of `vectors`, whose columns are `names`, told from the `crowd`.

    The mark from which a text joins is chosen by both: few outsiders reach it, and most members.
    """
    middle: dict[int, float] = {}
    rows = vectors[list(members)]
    for at, value in zip(rows.indices.tolist(), rows.data.tolist(), strict=True):
        middle[at] = middle.get(at, 0.0) + value
    best = sorted(middle, key=lambda at: (-round(middle[at], 6), names[at]))[:KEPT]
    total = sum(middle[at] for at in best) or 1.0
    weights = {names[at]: max(1, round(1000 * middle[at] / total)) for at in best}
    inside = [mark(weights, features) for features in members.values()]
    return Profile(weights, _choose_mark(inside, crowd.mark(weights, members)))


def _choose_mark(members: Sequence[int], others: Iterable[int]) -> int:
    """The mark that tells members from others best (F1), outsiders counted double; never a low one."""
    strangers = sorted(mark for mark in others if mark >= LEAST)
    best, chosen = -1.0, LEAST
    for least in range(LEAST, 800, _STEP):
        inside = sum(mark >= least for mark in members)
        outside = sum(mark >= least for mark in strangers)
        share = 2 * inside / (len(members) + inside + 2 * outside or 1)
        if share > best:
            best, chosen = share, least
    return chosen
