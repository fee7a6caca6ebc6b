"""Training on the county's own cases: what is learned from, what is held out, how versions are compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.learning.api import Example
from huiyin.triage import training
from huiyin.triage.api import ModelVersion, start_training
from huiyin.triage.models import Prediction

CODES = st.lists(st.sampled_from(["010101", "010102", "0101", "01", "020101", "0201", "030301"]), max_size=60)


@given(CODES)
def test_a_category_with_few_rows_counts_to_the_one_above(codes):
    labels = training.fold_up(codes, least=4)
    assert len(labels) == len(codes)
    for code, label in zip(codes, labels, strict=True):
        assert label == "" or code.startswith(label)
        assert label == "" or labels.count(label) >= 4


@given(st.lists(st.integers(0, 40), min_size=1, max_size=80))
def test_a_group_is_never_parted_and_always_on_the_same_side(groups):
    examples = [Example("a", str(at), str(at % 2), f"g{group}") for at, group in enumerate(groups)]
    rest, held = training.split(examples)
    assert not {one.group for one in rest} & {one.group for one in held}
    alone, _ = training.split(examples[:1])
    assert (examples[0] in rest) == bool(alone)


WORDS = {"010101": "停水了水管没有水", "010201": "停电了没有电跳闸", "020101": "有人摆摊占道经营"}


@pytest.fixture
def worked(desk):
    """Ninety matters of three kinds that were closed by an answer at once."""
    for at in range(90):
        code, words = list(WORDS.items())[at % 3]
        number = desk.open(
            title=f"{words[:4]}{at}", words=f"{at}号楼{words}", category_id=desk.categories[code]
        )
        desk.case(number).__class__.objects.filter(number=number).update(closed_at=desk.now)
    return desk


def test_closed_cases_become_a_version_and_the_next_is_compared_with_it(worked):
    examples = training.gather_examples()
    assert {one.label for one in examples} == set(WORDS)
    from huiyin.triage.starting import begin
    from huiyin.triage.versions import promote

    first = training.complete(begin("cases", "", by=None, now=worked.now), examples)
    assert first.state == "candidate"
    assert first.figures["macro_f1"] > 900
    assert not first.compared
    promote(first.number, "", by=None, now=worked.now)
    second = training.complete(begin("cases", "", by=None, now=worked.now), examples)
    assert second.compared["version"] == first.number
    assert second.compared["rows"] == second.figures["rows"]


def test_the_job_says_why_it_could_not_train(desk):
    version = ModelVersion.objects.create(number=1, origin="cases", trained_at=desk.now)
    training.carry_out(version.number)
    version.refresh_from_db()
    assert version.state == "failed"
    assert "至少要" in version.refusal[0]


def test_a_correction_of_an_open_case_is_learned_and_a_mere_suggestion_is_not(desk, put_in_force):
    from huiyin.triage.api import note_outcome, take_up

    number = desk.open(words="三号楼停水两天了")
    take_up(desk.case(number).pk, desk.now)
    assert training.store.list_examples() == []
    desk.later(minutes=1).dispatch(number, lead="power", category="010201")
    note_outcome({"case_id": desk.case(number).pk})
    assert Prediction.objects.get(case__number=number).outcome == "corrected"
    assert [row[3] for row in training.store.list_examples()] == ["010201"]
    assert start_training
