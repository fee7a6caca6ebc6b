"""Learns labels from examples: linear machines over the four views, folded into one table of weights."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from huiyin.learning.blending import Blend, Table, learn_blend
from huiyin.learning.model import Model
from huiyin.learning.splitting import Answers, number_groups, split
from huiyin.learning.values import Example, TooLittleToLearn
from huiyin.learning.views import Views, learn_views

FOLDS = 3
FEWEST_ROWS = 10
SUBJECT_WORDS, SUBJECT_RUNS, DETAIL_WORDS, DETAIL_RUNS = range(4)


class Machine(NamedTuple):
    """A linear support vector machine a label, over some views and with so much of each.

    With a `prior` above 0 each column is first weighed by how much likelier the label makes it, the prior
    being added to every count (Wang and Manning 2012).
    """

    views: tuple[int, ...]
    cost: float
    prior: float = 0.0
    shares: tuple[float, ...] = (1.0, 1.0, 1.0, 1.0)


MACHINES = (
    Machine((SUBJECT_WORDS, SUBJECT_RUNS, DETAIL_WORDS, DETAIL_RUNS), 1.0),
    Machine((SUBJECT_WORDS, SUBJECT_RUNS, DETAIL_WORDS), 0.5, 0.1),
    Machine((SUBJECT_WORDS, DETAIL_WORDS), 0.5, 0.05, (0.7, 1.0, 1.0, 1.0)),
    Machine((SUBJECT_RUNS, DETAIL_RUNS), 0.5, 0.1),
)


def train(examples: Sequence[Example], *, seed: int = 0) -> Model:
    """A model of the examples' labels, its confidence calibrated on rows that it had not seen.

    Refuses `TooLittleToLearn`: fewer than two labels with two rows or more, or fewer than ten rows. The
    same rows give the same model.
    """
    kept = _list_learnable(examples)
    labels = tuple(sorted({example.label for example in kept}))
    if len(labels) < 2 or len(kept) < FEWEST_ROWS:
        raise TooLittleToLearn(f"{len(kept)} rows of {len(labels)} labels with two rows or more")
    answers = np.array([labels.index(example.label) for example in kept])
    texts = [(example.subject, example.detail) for example in kept]
    views = learn_views(texts)
    rows = views.make_rows(texts)
    groups = number_groups(kept)
    blend, slope, offset = learn_blend(
        _score_unseen(views, rows, answers, groups, seed), answers, groups, seed
    )
    weights, biases = _fold_together(views, rows, answers, blend)
    return Model(labels, views, weights, biases, slope, offset)


def _list_learnable(examples: Sequence[Example]) -> list[Example]:
    """A label of a single row cannot be both learnt and tried."""
    rows = Counter(example.label for example in examples)
    return [example for example in examples if rows[example.label] > 1]


def _score_unseen(
    views: Views, rows: sparse.csr_array, answers: Answers, groups: Answers, seed: int
) -> list[Table]:
    labels = int(answers.max()) + 1
    parted = split(answers, groups, FOLDS, seed)
    scores = [np.zeros((len(answers), labels)) for _ in MACHINES]
    for machine, table in zip(MACHINES, scores, strict=True):
        _, seen = _look(views, rows, machine)
        for learnt, judged in parted:
            weights, biases = _fit(machine, seen[learnt], answers[learnt], labels)
            table[judged] = seen[judged] @ weights + biases
    return scores


def _look(views: Views, rows: sparse.csr_array, machine: Machine) -> tuple[Answers, sparse.csr_array]:
    """The columns that a machine looks at, and the rows as it sees them."""
    ends = np.cumsum([0, *(len(view.rarity) for view in views.each)])
    columns = np.concatenate([np.arange(ends[view], ends[view + 1]) for view in machine.views])
    shares = np.concatenate(
        [np.full(ends[view + 1] - ends[view], machine.shares[view]) for view in machine.views]
    )
    return columns, _weigh(rows[:, columns], shares)


def _fit(machine: Machine, rows: sparse.csr_array, answers: Answers, labels: int) -> tuple[Table, Table]:
    """Weights (columns x labels) and biases; a label without rows never wins."""
    from sklearn.svm import LinearSVC

    weights, biases = np.zeros((rows.shape[1], labels)), np.full(labels, -10.0)
    for label in range(labels):
        mine = answers == label
        if mine.any() and not mine.all():
            ratio = _weigh_columns(machine, rows, mine)
            weighed = _weigh(rows, ratio) if machine.prior else rows
            fitted = LinearSVC(C=machine.cost, random_state=0).fit(weighed, mine)
            weights[:, label] = fitted.coef_[0] * ratio
            biases[label] = fitted.intercept_[0]
    return weights, biases


def _weigh(rows: sparse.csr_array, weights: Table) -> sparse.csr_array:
    """Each column so many times, with the 32-bit indices that scikit-learn asks for."""
    indices = rows.indices.astype(np.int32, copy=False)
    return sparse.csr_array(
        (rows.data * weights[indices], indices, rows.indptr.astype(np.int32, copy=False)), shape=rows.shape
    )


def _weigh_columns(machine: Machine, rows: sparse.csr_array, mine: npt.NDArray[np.bool_]) -> Table:
    if not machine.prior:
        return np.ones(rows.shape[1])
    here = rows[mine].sum(axis=0) + machine.prior
    elsewhere = rows[~mine].sum(axis=0) + machine.prior
    return np.asarray(np.log(here / here.sum()) - np.log(elsewhere / elsewhere.sum()), np.float64)


def _fold_together(
    views: Views, rows: sparse.csr_array, answers: Answers, blend: Blend
) -> tuple[npt.NDArray[np.float32], Table]:
    """The machines, fitted on all rows, and their blend are linear: one table says the same."""
    labels = int(answers.max()) + 1
    weights, biases = np.zeros((views.columns, labels), np.float32), blend.biases.copy()
    for machine, mix in zip(MACHINES, blend.mixes, strict=True):
        columns, seen = _look(views, rows, machine)
        mine, bias = _fit(machine, seen, answers, labels)
        shares = np.repeat(
            [machine.shares[view] for view in machine.views],
            [len(views.each[view].rarity) for view in machine.views],
        )
        weights[columns] += (mine * shares[:, None] @ mix).astype(np.float32)
        biases += bias @ mix
    return weights, biases
