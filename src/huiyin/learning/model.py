"""A learnt model: the label of a text, how sure, by which words; written to bytes and read again."""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.special import expit, softmax

from huiyin.learning.features import Text
from huiyin.learning.reasons import WordFinder
from huiyin.learning.values import ForeignModel, Guess, Reason
from huiyin.learning.views import RunView, View, Views, WordView

MAKE = "huiyin-1"
BEST = 5
BATCH = 512
MOST_REASONS = 8
_BROKEN = (AttributeError, EOFError, KeyError, OSError, TypeError, ValueError, zipfile.BadZipFile, zlib.error)


def tell_leads(scores: npt.NDArray[np.float64]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    """The best label of each row, and its lead over the second."""
    highest = np.partition(scores, -2, axis=1)[:, -2:]
    return scores.argmax(axis=1), highest[:, 1] - highest[:, 0]


@dataclass(frozen=True)
class Model:
    """Weights (columns x labels) over the views; `slope` and `offset` make a lead a probability."""

    labels: tuple[str, ...]
    views: Views
    weights: npt.NDArray[np.float32]
    biases: npt.NDArray[np.float64]
    slope: float
    offset: float

    def predict(self, texts: Sequence[Text]) -> list[Guess]:
        """The guess for each (subject, detail), in their order."""
        return [guess for guess, _ in self.predict_with_reasons(texts, 0)]

    def predict_with_reasons(
        self, texts: Sequence[Text], most: int = MOST_REASONS
    ) -> list[tuple[Guess, list[Reason]]]:
        """The same, each with the words that spoke most for it; see `explain`."""
        told: list[tuple[Guess, list[Reason]]] = []
        for start in range(0, len(texts), BATCH):
            rows = self.views.make_rows(texts[start : start + BATCH])
            guesses = [self._guess(row) for row in self._rate(self._score(rows))]
            told.extend(
                (guess, self._tell_reasons(rows, at, guess.label, most)) for at, guess in enumerate(guesses)
            )
        return told

    def _score(self, rows: sparse.csr_array) -> npt.NDArray[np.float64]:
        """A row a text, a column a label: the higher, the likelier."""
        scores: npt.NDArray[np.float64] = rows @ self.weights + self.biases
        return scores

    def _rate(self, scores: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Probabilities: the best label's is calibrated, the others share the rest, none above the best."""
        best, lead = tell_leads(scores)
        sure = expit(self.slope * lead + self.offset)
        shares: npt.NDArray[np.float64] = softmax(scores, axis=1)
        at = np.arange(len(scores))
        shares[at, best] = 0
        shares *= ((1 - sure) / np.maximum(shares.sum(axis=1), 1e-12))[:, None]
        np.minimum(shares, sure[:, None], out=shares)
        shares[at, best] = sure
        return shares

    def _guess(self, row: npt.NDArray[np.float64]) -> Guess:
        order = np.argsort(-row, kind="stable")[:BEST]
        ranked = tuple((self.labels[at], round(float(row[at]) * 1000)) for at in order)
        return Guess(*ranked[0], ranked)

    def explain(
        self, subject: str, detail: str, label: str | None = None, most: int = MOST_REASONS
    ) -> list[Reason]:
        """The words that spoke most for the label (the likeliest when none is given), weightiest first.

        Runs of signs are left out: no reader would know them. An unknown label is a KeyError.
        """
        if label is None:
            return self.predict_with_reasons([(subject, detail)], most)[0][1]
        return self._tell_reasons(self.views.make_rows([(subject, detail)]), 0, label, most)

    def _tell_reasons(self, rows: sparse.csr_array, at: int, label: str, most: int) -> list[Reason]:
        if not most:
            return []
        start, end = rows.indptr[at : at + 2]
        columns = rows.indices[start:end]
        leads = self.weights[columns, self._columns[label]] - self._means[columns]
        return self._finder.list_reasons(columns, rows.data[start:end] * leads, most)

    @cached_property
    def _columns(self) -> dict[str, int]:
        return {label: at for at, label in enumerate(self.labels)}

    @cached_property
    def _means(self) -> npt.NDArray[np.float32]:
        """What a column says for labels on the whole: only what it says beyond that is a reason."""
        means: npt.NDArray[np.float32] = self.weights.mean(axis=1)
        return means

    @cached_property
    def _finder(self) -> WordFinder:
        return WordFinder(self.views)

    def dump(self) -> bytes:
        """The model as bytes, read again by `load_model`."""
        arrays: dict[str, npt.NDArray[Any]] = {
            "weights": self.weights.astype(np.float16),
            "biases": self.biases,
        }
        for at, view in enumerate(self.views.each):
            arrays[f"rarity{at}"] = view.rarity
            if isinstance(view, RunView):
                arrays[f"buckets{at}"] = view.buckets.astype(np.uint32)
        words = [view.words if isinstance(view, WordView) else None for view in self.views.each]
        told = {
            "make": MAKE,
            "labels": self.labels,
            "slope": self.slope,
            "offset": self.offset,
            "words": words,
        }
        arrays["told"] = np.frombuffer(json.dumps(told, ensure_ascii=False).encode(), np.uint8)
        written = io.BytesIO()
        np.savez_compressed(written, allow_pickle=False, **arrays)
        return written.getvalue()


def load_model(written: bytes) -> Model:
    """The model that `dump` wrote. Refuses `ForeignModel`; nothing of the bytes is ever run."""
    try:
        with np.load(io.BytesIO(written), allow_pickle=False) as arrays:
            told = json.loads(arrays["told"].tobytes())
            if told["make"] != MAKE:
                raise ForeignModel(f"made as {told['make']}, not {MAKE}")
            return Model(
                tuple(told["labels"]),
                Views(tuple(_read_view(arrays, told["words"], at) for at in range(len(told["words"])))),
                arrays["weights"].astype(np.float32),
                arrays["biases"],
                told["slope"],
                told["offset"],
            )
    except _BROKEN as fault:
        raise fault if isinstance(fault, ForeignModel) else ForeignModel(str(fault)) from fault


def _read_view(arrays: Mapping[str, npt.NDArray[Any]], words: Sequence[list[str] | None], at: int) -> View:
    part, rarity, known = at // 2, arrays[f"rarity{at}"], words[at]
    if known is not None:
        return WordView(part, tuple(known), rarity)
    return RunView(part, arrays[f"buckets{at}"].astype(np.int64), rarity)
