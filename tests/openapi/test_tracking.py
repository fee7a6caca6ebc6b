"""A person follows, completes and rates their own matter by its secret, without a token."""

from __future__ import annotations

import pytest
from tests.openapi.conftest import Machine

pytestmark = pytest.mark.django_db


@pytest.fixture
def matter(intake):
    """Number and secret of a new matter."""
    told = intake.open(category="010106").json()
    return told["number"], told["secret"]


@pytest.fixture
def finished(matter, intake):
    """The same matter, answered at once."""
    assert intake.move(matter[0], "answer_at_once", reply="请重启水表").json()["stage"] == "finished"
    return matter


def _track(number, secret, path="", body=None, **headers):
    machine, given = Machine(""), {"Huiyin-Secret": secret, **headers}
    return (
        machine.get(f"/track/{number}{path}", **given)
        if body is None
        else machine.post(f"/track/{number}{path}", body, **given)
    )


def test_the_secret_shows_the_matter(matter):
    told = _track(*matter).json()
    assert (told["closed"], told["can"], told["steps"][0]["title"]["en"]) == (False, ["words"], "Received")


def test_a_wrong_secret_and_a_wrong_number_are_told_alike(matter):
    number, secret = matter
    wrong, none = _track(number, "x" * 22), _track("HC26010199999", secret)
    assert (wrong.status_code, none.status_code) == (404, 404)
    assert wrong.json()["detail"] == none.json()["detail"]


def test_the_secret_must_be_in_its_header(matter):
    assert Machine("").get(f"/track/{matter[0]}").status_code == 422


def test_words_are_added_once(matter, intake):
    for _ in range(2):
        sent = _track(*matter, "/words", {"words": "又坏了两盏"}, **{"Idempotency-Key": "w-1"})
        assert sent.status_code == 200
    entries = intake.get(f"/cases/{matter[0]}/timeline").json()["entries"]
    assert [entry["move"] for entry in entries] == ["open", "add_words"]


def test_it_cannot_be_rated_before_it_is_handled(matter):
    refused = _track(*matter, "/rating", {"solved": True, "satisfied": 5})
    assert (refused.status_code, refused.json()["code"]) == (409, "wrong-stage")


def test_what_is_not_solved_needs_words(matter):
    refused = _track(*matter, "/rating", {"solved": False, "satisfied": 1})
    assert (refused.status_code, refused.json()["code"], refused.json()["field"]) == (
        409, "unsolved-without-words", "words",
    )  # fmt: skip


def test_a_rating_sent_twice_counts_once(finished):
    assert "rate" in _track(*finished).json()["can"]
    for _ in range(2):
        rated = _track(*finished, "/rating", {"solved": True, "satisfied": 5}, **{"Idempotency-Key": "r-1"})
        assert (rated.status_code, rated.json()["closed"]) == (200, True)
    assert rated.json()["rating"] == {"solved": True, "satisfied": 5}


def test_what_is_not_solved_goes_back(finished, intake):
    rated = _track(*finished, "/rating", {"solved": False, "satisfied": 1, "words": "还是没水"})
    assert (rated.status_code, rated.json()["closed"]) == (200, False)
    assert intake.get(f"/cases/{finished[0]}").json()["case"]["round"] == 2
