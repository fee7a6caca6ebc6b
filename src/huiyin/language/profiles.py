"""Tells by a short list of weighted features whether a new text is about a known matter: no corpus is needed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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
    """What marks a matter: features with weights that add up to about 1000, and from which mark a text joins."""

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


def make_profile(vectors: Any, names: Sequence[str], group: Sequence[int], features: Sequence[Features]) -> Profile:
    """The profile of a group of rows of `vectors`, whose columns are `names`; `features` of every row.

    The mark from which a text joins is chosen by all the rows: few outsiders reach it, and most members.
    """
    middle = vectors[group].mean(axis=0).A1
    best = sorted(middle.argsort()[-KEPT:].tolist(), key=lambda at: (-middle[at], names[at]))
    best = [at for at in best if middle[at] > 0]
    total = float(sum(middle[at] for at in best)) or 1.0
    weights = {names[at]: max(1, round(1000 * float(middle[at]) / total)) for at in best}
    inside = set(group)
    members = [mark(weights, features[at]) for at in group]
    others = (mark(weights, text) for at, text in enumerate(features) if at not in inside)
    return Profile(weights, _choose_mark(members, others))


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
