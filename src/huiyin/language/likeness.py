"""How alike two texts are: three-sign pieces, a one-permutation MinHash of 64 values, 16 marks of four."""

from __future__ import annotations

import re
import struct
import zlib

from huiyin.kernel.texts import fold

BINS = 64
BANDS = 16
_ROWS = BINS // BANDS
_SIGNS = re.compile(r"[\W_]+")
_EMPTY = 1 << 32


def join_text(title: str, words: str) -> str:
    """Title and words as one text; a title that is but the beginning of the words is not told twice."""
    return words if words.startswith(title.removesuffix("…")) else f"{title}\n{words}"


def cut_pieces(text: str) -> set[str]:
    """Every run of three letters or digits; a shorter text is one piece."""
    signs = _SIGNS.sub("", fold(text))
    return {signs[at : at + 3] for at in range(len(signs) - 2)} or ({signs} if signs else set())


def make_marks(text: str) -> list[int]:
    """The sixteen marks of a text as signed 64-bit integers; none for a text without letters or digits."""
    bins = _fill_bins(cut_pieces(text))
    if bins is None:
        return []
    marks = []
    for band in range(BANDS):
        values = struct.pack(f">{_ROWS}Q", *bins[band * _ROWS : (band + 1) * _ROWS])
        marks.append((band << 32) | zlib.crc32(values))
    return marks


def _fill_bins(pieces: set[str]) -> list[int] | None:
    """The smallest hash in each of 64 bins; an empty one borrows from the next full, shifted by distance."""
    if not pieces:
        return None
    bins = [_EMPTY] * BINS
    for piece in pieces:
        value = (zlib.crc32(piece.encode()) * 2654435761) & 0xFFFFFFFF
        at = value >> 26
        bins[at] = min(bins[at], value & 0x3FFFFFF)
    full = list(bins)
    for at in range(BINS):
        distance = 0
        while bins[(at + distance) % BINS] == _EMPTY:
            distance += 1
        full[at] = bins[(at + distance) % BINS] + distance * (1 << 27)
    return full


REPEATS, REPEATS_WITHIN, LONG_ENOUGH = 400, 750, 20


def is_repeat(first: set[str], second: set[str]) -> bool:
    """Whether one person says the same again: alike on the whole, or one text stands within the other."""
    shorter = min(len(first), len(second))
    within = 1000 * len(first & second) // shorter if shorter >= LONG_ENOUGH else 0
    return compare(first, second) >= REPEATS or within >= REPEATS_WITHIN


def compare(first: set[str], second: set[str]) -> int:
    """Pieces in common, per mille of all pieces (Jaccard)."""
    union = len(first | second)
    return 1000 * len(first & second) // union if union else 0
