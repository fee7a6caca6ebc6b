"""Models are judged by rows that they have not seen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.learning.api import Example, Guess, Model, TooLittleToLearn, judge, judge_model
from huiyin.learning.judging import rate
from huiyin.learning.splitting import number_groups, split

from .conftest import make_examples


def test_a_model_is_judged_on_every_row_once() -> None:
    heard: list[int] = []
    judgement = judge(make_examples(40), folds=4, tell=heard.append)
    assert judgement.rows == 120
    assert heard == [1, 2, 3, 4]
    assert 0.8 < judgement.macro_f1 <= 1
    assert sum(figures.rows for figures in judgement.per_class.values()) == 120


def test_a_kept_model_is_judged_on_other_rows(model: Model) -> None:
    judgement = judge_model(model, make_examples(30, seed=7))
    assert judgement.accuracy > 0.8
    assert judgement.calibration_error < 0.2


def test_the_surest_rows_are_the_most_often_right() -> None:
    guesses = [Guess("a", 900 - at, (("a", 900 - at),)) for at in range(100)]
    judgement = rate(guesses, ["a"] * 70 + ["b"] * 30)
    assert {point.coverage: point.precision for point in judgement.coverage}[0.7] == 1.0
    assert judgement.coverage[-1].precision == pytest.approx(0.7)


def test_the_calibration_error_is_how_far_confidence_lies_from_what_came_true() -> None:
    guesses = [Guess("a", 800, (("a", 800),))] * 10
    assert rate(guesses, ["a"] * 8 + ["b"] * 2).calibration_error == pytest.approx(0)
    assert rate(guesses, ["a"] * 3 + ["b"] * 7).calibration_error == pytest.approx(0.5)


def test_a_label_that_was_never_told_right_counts_as_nought() -> None:
    judgement = rate([Guess("a", 900, (("a", 900),))] * 4, ["a", "a", "b", "b"])
    assert judgement.per_class["b"].f1 == 0
    assert judgement.macro_f1 == pytest.approx(1 / 3)


@given(st.lists(st.sampled_from("abcdefghijklmno"), min_size=30, max_size=60))
def test_rows_of_one_group_never_part(groups: list[str]) -> None:
    if len(set(groups)) < 5:
        return
    rows = [Example("x", "y", "ab"[at % 2], group) for at, group in enumerate(groups)]
    numbers = number_groups(rows)
    answers = numbers % 2
    for learnt, judged in split(answers, numbers, 5, 0):
        assert not set(numbers[learnt]) & set(numbers[judged])


def test_rows_without_a_group_are_groups_of_their_own() -> None:
    rows = [
        Example("x", "y", "a"),
        Example("x", "y", "a"),
        Example("x", "y", "a", "g"),
        Example("x", "y", "a", "g"),
    ]
    assert len(set(number_groups(rows).tolist())) == 3


def test_fewer_groups_than_folds_and_no_rows_are_refused(model: Model) -> None:
    with pytest.raises(TooLittleToLearn):
        judge([Example("停水", "水管", "供水", "one")] * 20)
    with pytest.raises(TooLittleToLearn):
        judge_model(model, [])
