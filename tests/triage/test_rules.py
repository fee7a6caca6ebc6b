"""Laws of the decisions: no grade is lowered, nothing goes by itself against a rule."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.triage.rules import find_hindrance, propose_grade, propose_urgent
from huiyin.triage.values import Circumstances, Routed

GRADES = st.sampled_from([["ordinary", "complex", "urgent"], ["ordinary", "urgent"], ["ordinary", "complex"]])
GRADE = st.sampled_from(["ordinary", "complex", "utility", "urgent", ""])
FREE = Circumstances(
    routed=Routed(7, 950, "model"), promoted=True, threshold=900, has_lead=True, has_move=True,
    identity="named", way="", twice=False, given_id=None, dispatched=False,
)  # fmt: skip


@given(GRADE, GRADES, st.booleans())
def test_an_urgent_grade_is_never_lowered(category, grades, danger):
    if "urgent" in grades:
        assert propose_grade("urgent", category, grades, danger=danger) == "urgent"


@given(st.data(), GRADES, GRADE, st.booleans())
def test_a_grade_that_somebody_chose_gives_way_to_danger_alone(data, grades, category, danger):
    present = data.draw(st.sampled_from(grades[1:]))
    proposed = propose_grade(present, category, grades, danger=danger)
    assert proposed in {present, "urgent"}
    if proposed != present:
        assert danger or category == "urgent"


@given(GRADES, GRADE, GRADE, st.booleans())
def test_a_proposed_grade_is_one_of_the_process(grades, present, category, danger):
    assert propose_grade(present, category, grades, danger=danger) in {present, *grades}


@given(GRADE, st.booleans(), st.booleans())
def test_what_is_urgent_stays_urgent(category, present, danger):
    assert propose_urgent(category, present=present, danger=danger) >= (present or danger)


def test_a_matter_that_nothing_hinders_may_go():
    assert find_hindrance(FREE) == ""


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"promoted": False}, "cold"),
        ({"routed": Routed(7, 1000, "words")}, "cold"),
        ({"routed": Routed(7, 1000, "narrowed")}, "cold"),
        ({"routed": Routed(7, 1000, "given")}, "cold"),
        ({"threshold": None}, "off"),
        ({"routed": Routed(7, 899, "model")}, "unsure"),
        ({"identity": "confidential"}, "confidential"),
        ({"way": "litigation"}, "way"),
        ({"twice": True}, "twice"),
        ({"given_id": 8}, "differs"),
        ({"has_lead": False}, "no-lead"),
        ({"has_move": False}, "no-move"),
        ({"dispatched": True}, "gone"),
    ],
)
def test_each_of_these_alone_keeps_a_matter_for_a_person(change, reason):
    assert find_hindrance(dataclasses.replace(FREE, **change)) == reason
