"""Turns texts into counts: words of subject and detail, and runs of signs of both."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from huiyin.language.api import cut_words

Text = tuple[str, str]
Numbers = npt.NDArray[np.int64]

BITS = 22
RUNS = {"subject": (1, 2, 3, 4), "detail": (2, 3)}
LONGEST = 4_000
_SALTS = {"subject": 0x51ED270B, "detail": 0x2545F491}
_STEP = np.uint64(0x9E3779B97F4A7C15)
_SPREAD = np.uint64(0xD6E8FEB86659FD93)
_BLANKS = re.compile(r"\s+")
_DIGITS = re.compile(r"\d+")
_NO_LETTERS = re.compile(r"[\W_]+")


class Tokens(NamedTuple):
    """Which column occurs in which row, as often as it occurs there; both arrays of one length."""

    rows: Numbers
    columns: Numbers


def tidy(text: str | None) -> str:
    """One form for what reads the same: width, case, blanks, and every number a nought."""
    plain = unicodedata.normalize("NFKC", (text or "")[:LONGEST]).lower()
    return _DIGITS.sub("0", _BLANKS.sub(" ", plain))


def list_words(tidied: str) -> list[str]:
    """The words of a tidied text that have a letter or digit."""
    return [word for word in cut_words(tidied) if not _NO_LETTERS.fullmatch(word)]


def list_word_tokens(texts: Iterable[Sequence[str]], vocabulary: dict[str, int]) -> Tokens:
    """The known words of each row; the others are left out."""
    known = [[at for word in words if (at := vocabulary.get(word)) is not None] for words in texts]
    sizes = np.fromiter((len(row) for row in known), np.int64, len(known))
    columns = np.fromiter(chain.from_iterable(known), np.int64, int(sizes.sum()))
    return Tokens(np.repeat(np.arange(len(known)), sizes), columns)


def list_run_tokens(tidied: Sequence[str], part: str) -> Tokens:
    """Every run of signs of each row as a bucket below 2^22: a hash of the signs, how many, and the part."""
    bare = [_NO_LETTERS.sub(" ", text) for text in tidied]
    written = "\0".join([*bare, ""]).encode("utf-32-le", "surrogatepass")
    signs = np.frombuffer(written, np.uint32).astype(np.uint64)
    sizes = np.fromiter((len(text) + 1 for text in bare), np.int64, len(bare))
    rows = np.repeat(np.arange(len(bare)), sizes)
    ends = signs == 0
    found = [_hash_runs(signs, ends, rows, length, _SALTS[part]) for length in RUNS[part]]
    return Tokens(*(np.concatenate(some) for some in zip(*found, strict=True)))


def _hash_runs(
    signs: npt.NDArray[np.uint64], ends: npt.NDArray[np.bool_], rows: Numbers, length: int, salt: int
) -> Tokens:
    count = max(len(signs) - length + 1, 0)
    hashed = np.full(count, salt + length, np.uint64)
    whole = np.ones(count, np.bool_)
    for at in range(length):
        hashed = (hashed ^ signs[at : at + count]) * _STEP
        hashed ^= hashed >> np.uint64(29)
        whole &= ~ends[at : at + count]
    buckets = (hashed * _SPREAD) >> np.uint64(64 - BITS)
    return Tokens(rows[:count][whole], buckets[whole].astype(np.int64))
