"""What people make of a suggestion is kept beside it."""

from __future__ import annotations

import pytest

from huiyin.appeals.api import NewAppeal, report
from huiyin.cases.api import Case
from huiyin.journal.api import Event
from huiyin.triage.api import Prediction, count_whole, is_dispatch, measure_categories, note_outcome, take_up


@pytest.fixture
def suggested(desk):
    """A case for which water and the water company were suggested."""
    new = NewAppeal(process="hotline", channel="hotline", words="三号楼停水两天了", opened_at=desk.now)
    case_id = report(new, desk.acting("linxiao")).case_id
    take_up(case_id, desk.now)
    return Case.objects.get(pk=case_id)


def _outcome(case):
    note_outcome({"case_id": case.pk})
    return Prediction.objects.get(case_id=case.pk)


def test_a_dispatch_as_suggested_accepts_it(desk, suggested):
    desk.later(minutes=5).dispatch(suggested.number, lead="water", category="010101")
    found = _outcome(suggested)
    assert found.outcome == "accepted"
    assert found.decided_by.startswith(desk.acting("hemin").name)


def test_another_category_or_unit_corrects_it(desk, suggested):
    desk.later(minutes=5).dispatch(suggested.number, lead="power", category="010201")
    found = _outcome(suggested)
    assert found.outcome == "corrected"
    assert found.chosen_category_id == desk.categories["010201"]
    assert found.chosen_unit_id == desk.units["power"]
    assert count_whole(desk.now).decided == 1
    measured = measure_categories(desk.now)[found.category_id]
    assert (measured.decided, measured.right) == (1, 0)


def test_told_twice_it_says_the_same(desk, suggested):
    desk.later(minutes=5).dispatch(suggested.number, lead="water", category="010101")
    assert _outcome(suggested).decided_at == _outcome(suggested).decided_at


def test_only_a_dispatch_is_listened_to(desk, suggested):
    assert not is_dispatch(Event("case-moved", "case:x", {"dispatched": False}, desk.now))
    assert is_dispatch(Event("case-moved", "case:x", {"dispatched": True}, desk.now))
