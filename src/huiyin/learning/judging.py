"""Judges models on rows that they have not seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from huiyin.learning.model import Model
from huiyin.learning.splitting import Answers, number_groups, split
from huiyin.learning.training import train
from huiyin.learning.values import ClassFigures, CoveragePoint, Example, Guess, Judgement, TooLittleToLearn

BANDS = 10
COVERAGES = (50, 60, 70, 80, 90, 100)
"""In hundredths of all rows."""


def judge(
    examples: Sequence[Example], *, folds: int = 5, seed: int = 0, tell: Callable[[int], None] | None = None
) -> Judgement:
    """Trains `folds` times on all but a part and judges by that part; near-duplicates stay on one side.

    `tell` hears how many folds are done. Refuses `TooLittleToLearn`, also for fewer groups than folds.
    """
    answers = np.array([sorted({row.label for row in examples}).index(row.label) for row in examples])
    groups = number_groups(examples)
    if len(set(groups.tolist())) < folds:
        raise TooLittleToLearn(f"{len(examples)} rows in fewer than {folds} groups")
    guesses: list[Guess | None] = [None] * len(examples)
    for done, (learnt, judged) in enumerate(split(answers, groups, folds, seed), start=1):
        model = train([examples[at] for at in learnt], seed=seed)
        for at, guess in zip(judged, _predict(model, [examples[at] for at in judged]), strict=True):
            guesses[at] = guess
        if tell:
            tell(done)
    return rate([guess for guess in guesses if guess is not None], [row.label for row in examples])


def judge_model(model: Model, examples: Sequence[Example]) -> Judgement:
    """How a model that was learnt elsewhere fares on these rows. Refuses `TooLittleToLearn` for none."""
    if not examples:
        raise TooLittleToLearn("no rows")
    return rate(_predict(model, examples), [row.label for row in examples])


def _predict(model: Model, examples: Sequence[Example]) -> list[Guess]:
    return model.predict([(row.subject, row.detail) for row in examples])


def rate(guesses: Sequence[Guess], labels: Sequence[str]) -> Judgement:
    """Figures of guesses beside the true labels. Macro figures are over the labels that occur in `labels`."""
    from sklearn.metrics import precision_recall_fscore_support

    told = [guess.label for guess in guesses]
    names = sorted(set(labels))
    precision, recall, f1, rows = precision_recall_fscore_support(
        labels, told, labels=names, zero_division=0.0
    )
    right = np.array([guess == label for guess, label in zip(told, labels, strict=True)])
    sure = np.array([guess.per_mille for guess in guesses])
    return Judgement(
        rows=len(labels),
        accuracy=float(right.mean()),
        macro_f1=float(np.mean(f1)),
        calibration_error=_tell_calibration_error(right, sure),
        per_class={
            name: ClassFigures(int(rows[at]), float(precision[at]), float(recall[at]), float(f1[at]))
            for at, name in enumerate(names)
        },
        coverage=tuple(_tell_coverage(right, sure)),
    )


def _tell_calibration_error(right: npt.NDArray[np.bool_], sure: Answers) -> float:
    bands = np.minimum(sure * BANDS // 1000, BANDS - 1)
    gaps = [
        abs(float(right[bands == band].mean()) - float(sure[bands == band].mean()) / 1000)
        * float((bands == band).mean())
        for band in set(bands.tolist())
    ]
    return sum(gaps)


def _tell_coverage(right: npt.NDArray[np.bool_], sure: Answers) -> list[CoveragePoint]:
    order = np.argsort(-sure, kind="stable")
    points = []
    for hundredth in COVERAGES:
        count = max(1, len(right) * hundredth // 100)
        points.append(
            CoveragePoint(hundredth / 100, float(right[order[:count]].mean()), int(sure[order[count - 1]]))
        )
    return points
