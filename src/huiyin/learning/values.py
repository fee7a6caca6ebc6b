"""What goes into and comes out of the reading of texts. Probabilities are integers per mille."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple


class Example(NamedTuple):
    """A text and what it is about. Rows of one `group` are near-duplicates: they never part in a split."""

    subject: str
    detail: str
    label: str
    group: str | None = None


class Guess(NamedTuple):
    """The likeliest label, how sure (calibrated, per mille), and the best labels with what each is given."""

    label: str
    per_mille: int
    ranked: tuple[tuple[str, int], ...]


class Reason(NamedTuple):
    """Words of the text that spoke for a label; `weight` is their part of the score."""

    words: str
    weight: float


class ClassFigures(NamedTuple):
    """How one label fared: of `rows` of it, and of those that were given it."""

    rows: int
    precision: float
    recall: float
    f1: float


class CoveragePoint(NamedTuple):
    """Of the surest `coverage` of all rows, `precision` are right; the least sure of them has `per_mille`."""

    coverage: float
    precision: float
    per_mille: int


@dataclass(frozen=True, slots=True)
class Judgement:
    """How well labels were told on rows that the model had not seen.

    `calibration_error`: |share right - mean confidence| in ten bands of confidence, their mean by rows.
    """

    rows: int
    accuracy: float
    macro_f1: float
    calibration_error: float
    per_class: Mapping[str, ClassFigures]
    coverage: tuple[CoveragePoint, ...]


class TooLittleToLearn(ValueError):
    """There are fewer than two labels, or too few rows, to learn from."""


class ForeignModel(ValueError):
    """These bytes are no model, or one of another make."""
