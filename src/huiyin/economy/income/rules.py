"""Into which band an income falls; pure."""

from __future__ import annotations

from collections.abc import Iterable

from huiyin.economy.income.values import BANDS, HIGH, LOW, MIDDLE, NOTHING
from huiyin.kernel.words import Words


def choose_band(operating_fen: int, one_fen: int, two_fen: int) -> str:
    """The band of an operating income; a bound belongs to the band above it."""
    if operating_fen <= 0:
        return NOTHING
    if operating_fen < one_fen:
        return LOW
    return MIDDLE if operating_fen < two_fen else HIGH


def count_bands(bands: Iterable[str]) -> dict[str, int]:
    """How many fall into each band, those without any too."""
    counts = dict.fromkeys(BANDS, 0)
    for band in bands:
        counts[band] += 1
    return counts


def name_bands(one_fen: int, two_fen: int) -> dict[str, Words]:
    """The bands by name: 20万 以下 …"""
    one, two = _tell(one_fen), _tell(two_fen)
    return {key: words.fill(one=one, two=two) for key, words in BANDS.items()}


def _tell(fen: int) -> Words:
    yuan = fen // 100
    if yuan % 10_000 == 0:
        return Words(f"{yuan // 10_000}万元", f"{yuan:,} yuan")
    return Words(f"{yuan:,}元", f"{yuan:,} yuan")
