"""Blends what several machines say of rows that none of them had seen, and tells how sure the blend is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from huiyin.learning.model import tell_leads
from huiyin.learning.splitting import Answers, split

Table = npt.NDArray[np.float64]

FOLDS = 5
ROWS_A_LABEL = 50
"""With fewer rows a label the machines have one voice each: there is too little to learn a blend from."""


class Blend(NamedTuple):
    """For each machine a table (labels x labels) that its scores are multiplied by, and what is added."""

    mixes: tuple[Table, ...]
    biases: Table

    def score(self, each: Sequence[Table]) -> Table:
        """The blended scores of rows."""
        return np.asarray(sum(part @ mix for part, mix in zip(each, self.mixes, strict=True)) + self.biases)


def learn_blend(
    each: Sequence[Table], answers: Answers, groups: Answers, seed: int
) -> tuple[Blend, float, float]:
    """The blend, and the slope and offset that make its lead a probability of being right (Platt 1999).

    The latter are learnt on rows that the blend, too, had not seen.
    """
    unseen = np.zeros_like(each[0])
    for learnt, judged in split(answers, groups, FOLDS, seed):
        blend = _fit([part[learnt] for part in each], answers[learnt])
        unseen[judged] = blend.score([part[judged] for part in each])
    return _fit(each, answers), *_calibrate(unseen, answers)


def _fit(each: Sequence[Table], answers: Answers) -> Blend:
    labels = each[0].shape[1]
    scales = [float(part.std()) or 1.0 for part in each]
    if len(answers) < ROWS_A_LABEL * labels or len(set(answers.tolist())) < labels:
        return Blend(tuple(np.eye(labels) / scale for scale in scales), np.zeros(labels))
    seen = np.hstack([part / scale for part, scale in zip(each, scales, strict=True)])
    from sklearn.linear_model import LogisticRegression

    fitted = LogisticRegression(C=0.3, max_iter=500).fit(seen, answers)
    table, biases = fitted.coef_.T, fitted.intercept_
    if labels == 2:  # one column then speaks for both
        table, biases = np.hstack([-table, table]) / 2, np.array([-biases[0], biases[0]]) / 2
    mixes = tuple(table[at * labels : (at + 1) * labels] / scale for at, scale in enumerate(scales))
    return Blend(mixes, biases)


def _calibrate(scores: Table, answers: Answers) -> tuple[float, float]:
    best, lead = tell_leads(scores)
    right = best == answers
    if right.all() or not right.any():
        return 0.0, 3.0 if right.all() else -3.0
    from sklearn.linear_model import LogisticRegression

    fitted = LogisticRegression(C=1e6).fit(lead[:, None], right)
    return float(fitted.coef_[0, 0]), float(fitted.intercept_[0])
