"""A text as one sparse row of four views: words and runs of signs, of subject and of detail, by rarity."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from huiyin.learning.features import (
    BITS,
    Numbers,
    Text,
    Tokens,
    list_run_tokens,
    list_word_tokens,
    list_words,
    tidy,
)

Floats = npt.NDArray[np.float32]
SHARE = 0.7
"""The length of each view's part of a row: no view outweighs another because it has more columns."""


class Read(NamedTuple):
    """Subjects and details as they were tidied, and as they were cut into words; a row each."""

    tidied: Sequence[Sequence[str]]
    words: Sequence[Sequence[list[str]]]


@dataclass(frozen=True)
class WordView:
    """The words of one part that were seen in two rows or more, in the order of their columns."""

    part: int
    words: tuple[str, ...]
    rarity: Floats

    @cached_property
    def vocabulary(self) -> dict[str, int]:
        """Word → column."""
        return {word: at for at, word in enumerate(self.words)}

    def find(self, read: Read) -> Tokens:
        """The columns of each row."""
        return list_word_tokens(read.words[self.part], self.vocabulary)


@dataclass(frozen=True)
class RunView:
    """The buckets of runs of signs of one part that were hit in two rows or more."""

    part: int
    buckets: Numbers
    rarity: Floats

    @cached_property
    def table(self) -> npt.NDArray[np.int32]:
        """Bucket → column, -1 for what was not learnt."""
        table = np.full(1 << BITS, -1, np.int32)
        table[self.buckets] = np.arange(len(self.buckets), dtype=np.int32)
        return table

    def find(self, read: Read) -> Tokens:
        """The columns of each row."""
        rows, buckets = list_run_tokens(read.tidied[self.part], _PARTS[self.part])
        columns = self.table[buckets]
        return Tokens(rows[columns >= 0], columns[columns >= 0].astype(np.int64))


View = WordView | RunView
_PARTS = ("subject", "detail")


@dataclass(frozen=True)
class Views:
    """What was learnt of the columns; makes rows of texts."""

    each: tuple[View, ...]

    @property
    def columns(self) -> int:
        """Of all views together."""
        return sum(len(view.rarity) for view in self.each)

    def make_rows(self, texts: Sequence[Text]) -> sparse.csr_array:
        """One sparse row a text."""
        read = _read(texts)
        return sparse.hstack([_weigh(view, view.find(read), len(texts)) for view in self.each], format="csr")


def learn_views(texts: Sequence[Text]) -> Views:
    """The columns that occur in two texts or more, and how rare each is."""
    read = _read(texts)
    each: list[View] = []
    for part, name in enumerate(_PARTS):
        spread = Counter(word for words in read.words[part] for word in set(words))
        words = sorted(word for word, rows in spread.items() if rows > 1)
        each.append(WordView(part, tuple(words), _rate([spread[word] for word in words], len(texts))))
        hits = np.bincount(_count(list_run_tokens(read.tidied[part], name), (len(texts), 1 << BITS)).indices)
        kept = np.flatnonzero(hits > 1)
        each.append(RunView(part, kept, _rate(hits[kept], len(texts))))
    return Views(tuple(each))


def _read(texts: Iterable[Text]) -> Read:
    tidied = [[tidy(text[part]) for text in texts] for part in range(2)]
    return Read(tidied, [[list_words(text) for text in part] for part in tidied])


def _rate(spread: Any, rows: int) -> Floats:
    """The rarity of columns that so many of the `rows` have (smoothed inverse document frequency)."""
    return (np.log((1 + rows) / (1 + np.asarray(spread, np.float64))) + 1).astype(np.float32)


def _count(tokens: Tokens, shape: tuple[int, int]) -> sparse.csr_array:
    """How often each column occurs in each row."""
    counts = sparse.csr_array((np.ones(len(tokens.rows), np.float32), tokens), shape=shape)
    counts.sum_duplicates()
    return counts


def _weigh(view: View, tokens: Tokens, rows: int) -> sparse.csr_array:
    counts = _count(tokens, (rows, len(view.rarity)))
    counts.data = (1 + np.log(counts.data)) * view.rarity[counts.indices]
    lengths = (
        np.sqrt(np.add.reduceat(np.append(counts.data**2, 0), counts.indptr[:-1])) if rows else counts.data
    )
    lengths = np.where(np.diff(counts.indptr) > 0, lengths, 1)
    counts.data *= np.repeat(SHARE / lengths, np.diff(counts.indptr)).astype(np.float32)
    return counts
