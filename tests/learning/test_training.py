"""A model learns from examples, tells how sure it is, and gives its reasons."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.learning.api import Example, ForeignModel, Model, TooLittleToLearn, load_model, train

from .conftest import WORDS, make_examples


def test_it_tells_what_an_unseen_text_is_about(model: Model) -> None:
    guesses = model.predict([("自来水停了", "水压一直很低"), ("校车", "学校门口报名"), ("路灯", "路面坑洼")])
    assert [guess.label for guess in guesses] == ["供水", "教育", "道路"]


def test_the_words_that_spoke_for_it_are_words_of_the_text(model: Model) -> None:
    reasons = model.explain("自来水停了", "水压一直很低，希望尽快解决")
    assert {"自来水", "水压"} <= {reason.words for reason in reasons}
    assert [reason.weight for reason in reasons] == sorted(
        (reason.weight for reason in reasons), reverse=True
    )


def test_a_text_without_a_known_word_is_not_told_surely(model: Model) -> None:
    (known, unknown) = model.predict([("自来水水压", "水管水表停水"), ("Ω", "")])
    assert unknown.per_mille < known.per_mille


def test_the_same_rows_give_the_same_model(model: Model) -> None:
    again = train(make_examples(60))
    assert np.array_equal(again.weights, model.weights)
    assert again.slope == model.slope


def test_a_model_written_and_read_again_says_the_same(model: Model) -> None:
    texts = [(row.subject, row.detail) for row in make_examples(20, seed=3)]
    again = load_model(model.dump())
    assert [guess.label for guess in again.predict(texts)] == [guess.label for guess in model.predict(texts)]
    assert again.explain(*texts[0]) != []


@given(st.binary(max_size=300))
def test_bytes_that_are_no_model_are_refused(written: bytes) -> None:
    with pytest.raises(ForeignModel):
        load_model(written)


def test_a_damaged_model_is_refused(model: Model) -> None:
    with pytest.raises(ForeignModel):
        load_model(model.dump()[:-200])


@given(st.lists(st.tuples(st.text(max_size=40), st.text(max_size=80)), max_size=5))
@settings(max_examples=30, deadline=None)
def test_whatever_is_written_gets_a_guess_whose_shares_hold(
    model: Model, texts: list[tuple[str, str]]
) -> None:
    for guess in model.predict(texts):
        assert guess.label in WORDS
        assert guess.ranked[0] == (guess.label, guess.per_mille)
        shares = [share for _, share in guess.ranked]
        assert shares == sorted(shares, reverse=True)
        assert sum(shares) <= 1002


def test_a_text_alone_is_told_as_it_is_among_others(model: Model) -> None:
    texts = [(row.subject, row.detail) for row in make_examples(5, seed=9)]
    assert [model.predict([text])[0] for text in texts] == model.predict(texts)


@pytest.mark.parametrize(
    "rows",
    [[], [Example("停水", "", "供水")] * 30, [Example("停水", "", "供水"), Example("路灯", "", "道路")] * 2],
    ids=["none", "one label", "four rows"],
)
def test_too_few_rows_or_labels_are_refused(rows: list[Example]) -> None:
    with pytest.raises(TooLittleToLearn):
        train(rows)


def test_two_labels_are_enough() -> None:
    model = train([row for row in make_examples(80) if row.label != "教育"])
    assert model.predict([("路灯", "路面坑洼井盖")])[0].label == "道路"
