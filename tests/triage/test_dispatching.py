"""What goes out by itself: only above the threshold, only to a unit on the register, marked so."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiyin.appeals.api import NewAppeal, report
from huiyin.cases.api import Case
from huiyin.register.api import end_duty, list_duties_for, unit_on_register
from huiyin.triage.api import Prediction, find_panel, map_automatic, take_up


@pytest.fixture
def arrive(desk):
    """`arrive("停水")`: a new case that triage has taken up."""

    def open_one(words="三号楼停水两天了", **more):
        new = NewAppeal(process=more.pop("process", "hotline"), channel="hotline", words=words,
                        opened_at=desk.now, **more)  # fmt: skip
        case_id = report(new, desk.acting("linxiao")).case_id
        take_up(case_id, desk.now)
        return Case.objects.get(pk=case_id)

    return open_one


@pytest.fixture
def ready(put_in_force, open_up):
    """Matters without water go out by themselves."""
    put_in_force("010101", 952)
    open_up("010101", 900)


def test_a_matter_above_the_threshold_goes_by_itself_and_says_so(desk, ready, arrive):
    case = arrive()
    assert case.stage == "dispatched"
    assert case.lead_id == desk.units["water"]
    assert case.automatic
    entry = desk.entries(case.number)[-1]
    assert entry.body["role"] == "system"
    assert "自动派单：模型第 1 版，把握 95.2 %，阈值 90.0 %" in entry.body["inputs"]["note"]
    assert not entry.body["inputs"].get("designate")
    assert map_automatic([case.pk]) == {case.pk: (1, 952)}
    assert find_panel(case.pk).outcome == "auto"
    assert desk.verify(case.number) == []


def test_a_person_who_dispatches_it_anew_takes_the_mark_away_and_corrects_it(desk, ready, arrive):
    from huiyin.triage.api import note_outcome

    case = arrive()
    desk.dispatch(case.number, lead="power", category="010201", move="redispatch", reason="是停电不是停水")
    note_outcome({"case_id": case.pk})
    prediction = Prediction.objects.get(case_id=case.pk)
    assert (prediction.outcome, prediction.automatic) == ("corrected", True)
    assert not desk.case(case.number).automatic


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"identity": "confidential", "name": "某甲", "phone": "10100001234"}, "confidential"),
        ({"words": "三号楼停水，法院判决了也不执行"}, "way"),
        ({"process": "stuck"}, "no-move"),
    ],
)
def test_what_a_person_must_decide_stays_for_a_person(ready, arrive, more, reason):
    case = arrive(**more)
    assert case.lead_id is None
    assert Prediction.objects.get(case_id=case.pk).hindrance == reason


def test_a_second_matter_of_the_same_person_stays_for_a_person(ready, arrive):
    told = {"name": "某甲", "phone": "10100001234"}
    assert arrive("三号楼停水两天了", **told).automatic
    second = arrive("还是那个事，一直没水", **told)
    assert not second.automatic
    assert Prediction.objects.get(case_id=second.pk).hindrance == "twice"


def test_without_a_threshold_nothing_goes(put_in_force, arrive):
    put_in_force("010101", 1000)
    assert arrive().lead_id is None


def test_without_a_lead_on_the_register_nothing_goes(desk, ready, arrive):
    for duty in list_duties_for(desk.categories["010101"], None, desk.now.date()):
        end_duty(duty.id, desk.now.date().replace(year=2025, month=6), by=None, now=desk.now)
    case = arrive()
    assert case.lead_id is None
    assert Prediction.objects.get(case_id=case.pk).hindrance == "no-lead"


def test_words_alone_never_let_anything_go(open_up, arrive):
    open_up("010101", 500)
    assert arrive("停水 没水 断水 停水").lead_id is None


@given(
    code=st.sampled_from(["010101", "010201", "020101", "010301", "0101", "01"]),
    sure=st.integers(0, 1000),
    least=st.integers(500, 1000),
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_that_goes_by_itself_leaves_the_register(desk, put_in_force, arrive, code, sure, least):
    from django.db import transaction

    from huiyin.triage.models import Threshold

    with transaction.atomic():
        put_in_force(code, sure)
        Threshold.objects.all().delete()
        Threshold.objects.create(category_id=desk.categories[code], per_mille=least, set_at=desk.now)
        case = arrive("门口有一件事要说")
        if case.lead_id is not None:
            assert sure >= least
            assert unit_on_register(case.lead_id, case.category_id, case.area_id, desk.now.date(), "lead")
            assert not case.designated
        transaction.set_rollback(True)
