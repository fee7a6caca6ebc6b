"""Measures the score against what people judged: area under the curve, with an interval. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

TRIES = 1000


@dataclass(frozen=True, slots=True)
class Measured:
    """The area under the curve per ten thousand, its 95 % interval, and the rows it rests on."""

    auc: int
    low: int
    high: int
    rows: int
    good: int


def measure(scores: Sequence[int], judged: Sequence[bool]) -> Measured | None:
    """How often a reply judged good scores higher than one judged bad, ties by half; None without both.

    The interval comes from `TRIES` seeded draws with replacement within each class.
    """
    good = [score for score, yes in zip(scores, judged, strict=True) if yes]
    bad = [score for score, yes in zip(scores, judged, strict=True) if not yes]
    if not good or not bad:
        return None
    rng = Random(2026)  # noqa: S311  a draw for a statistic
    tried = sorted(
        _area(Counter(rng.choices(good, k=len(good))), Counter(rng.choices(bad, k=len(bad))))
        for _ in range(TRIES)
    )
    area = _area(Counter(good), Counter(bad))
    return Measured(area, tried[TRIES * 25 // 1000], tried[TRIES * 975 // 1000 - 1], len(scores), len(good))


def _area(good: Counter[int], bad: Counter[int]) -> int:
    below = won = 0
    for score in sorted(set(good) | set(bad)):
        won += good[score] * (2 * below + bad[score])
        below += bad[score]
    return round(won * 5000 / (good.total() * bad.total()))
