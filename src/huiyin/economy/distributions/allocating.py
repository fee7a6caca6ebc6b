"""Divides a sum in whole fen by shares; pure. Decision 0057 says why by this method."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from heapq import heapify, heapreplace
from typing import NamedTuple

HALF = Fraction(1, 2)


class Part(NamedTuple):
    """What holders of equally many shares get: `fen`, and one more for the first `more` of the roster."""

    fen: int
    more: int = 0


def allocate(total_fen: int, units: Mapping[int, int]) -> dict[int, int]:
    """Each holder's fen. Keys are ordered: of holders with equal claims the lower key comes first.

    The parts add up to the whole; nobody with more shares gets less; the order of `units` does not matter;
    one fen more goes to one holder. Nothing held, or a sum below nothing, is a `ValueError`.
    """
    parts = divide(total_fen, Counter(units.values()))
    given: Counter[int] = Counter()
    made: dict[int, int] = {}
    for key in sorted(units):
        part, given[units[key]] = parts[units[key]], given[units[key]] + 1
        made[key] = part.fen + (given[units[key]] <= part.more)
    return made


def divide(total_fen: int, holders: Mapping[int, int]) -> dict[int, Part]:
    """The part of each size of holding; `holders` says how many hold that many shares.

    Whole rounds first: so many fen a share. The fen that remain go one by one to whoever, with one more,
    would stand furthest below their exact claim for their size (Sainte-Laguë): the k-th fen on u shares
    ranks by (k − ½) ÷ u; of equal claims the larger holding, then the roster, goes first.
    """
    whole = sum(size * count for size, count in holders.items())
    if total_fen < 0 or whole <= 0 or min(holders) < 0:
        raise ValueError("a sum of at least nothing is divided by shares that somebody holds")
    each, left = divmod(total_fen, whole)
    extra = _begin(left, whole, holders)
    left -= sum(extra[size] * count for size, count in holders.items())
    queue = [(_rank(extra[size], size), -size) for size in holders if size]
    heapify(queue)
    while left and left >= holders[size := -queue[0][1]]:
        extra[size] += 1
        left -= holders[size]
        heapreplace(queue, (_rank(extra[size], size), -size))
    parts = {size: Part(each * size + extra[size]) for size in holders}
    if left:
        parts[size] = Part(parts[size].fen, left)
    return parts


def _rank(held: int, size: int) -> Fraction:
    """Where the next fen of a holding of that size stands in the line."""
    return Fraction(2 * held + 1, 2 * size)


def _begin(left: int, whole: int, holders: Mapping[int, int]) -> dict[int, int]:
    """Fen that every holder of a size has for certain: those claims rank before any that may be the last."""
    sure = Fraction(2 * left - sum(holders.values()) - 2, 2 * whole)
    return {size: max(0, int(sure * size + HALF)) for size in holders}
