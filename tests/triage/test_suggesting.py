"""A new case is read: what it is about, whose it is, how pressing, what is like it."""

from __future__ import annotations

import pytest

from huiyin.appeals.api import NewAppeal, report
from huiyin.triage.api import Prediction, find_panel, take_up, take_up_waiting


def _report(desk, words, **more):
    new = NewAppeal(process="hotline", channel="hotline", words=words, opened_at=desk.now, **more)
    return report(new, desk.acting("linxiao")).case_id


def test_without_a_model_the_words_of_the_catalogue_say_it_and_the_register_names_the_unit(desk):
    case_id = _report(desk, "三号楼停水两天了，家里没水")
    take_up(case_id, desk.now)
    panel = find_panel(case_id)
    assert panel.origin == "words"
    assert [one.zh for one in panel.category] == ["水电气暖", "供水", "停水"]
    assert panel.unit.zh == "水务公司"
    assert panel.clause
    assert panel.per_mille < 500  # below every threshold that can be set
    assert "停水" in panel.reasons


def test_what_nobody_can_tell_is_said_so(desk):
    case_id = _report(desk, "嗯嗯嗯")
    take_up(case_id, desk.now)
    panel = find_panel(case_id)
    assert panel.basis == "none"
    assert panel.unit is None


def test_a_prediction_always_has_its_version(desk, put_in_force):
    number = put_in_force("010101")
    case_id = _report(desk, "三号楼没有水")
    take_up(case_id, desk.now)
    assert Prediction.objects.get(case_id=case_id).version.number == number


def test_asked_twice_the_same_version_says_it_once(desk, put_in_force):
    case_id = _report(desk, "三号楼没有水")
    assert take_up(case_id, desk.now)
    assert not take_up(case_id, desk.now)
    put_in_force("010101")
    assert take_up_waiting(desk.now) == 1
    assert take_up_waiting(desk.now) == 0
    assert Prediction.objects.filter(case_id=case_id).count() == 2


def test_a_model_of_upper_levels_leaves_the_last_step_to_the_words(desk, put_in_force):
    put_in_force("水电气暖", 930)
    case_id = _report(desk, "三号楼停水两天了")
    take_up(case_id, desk.now)
    panel = find_panel(case_id)
    assert panel.basis == "narrowed"
    assert panel.category[-1].zh == "停水"


def test_the_category_chosen_at_registration_stands_unless_the_model_is_sure_of_another(desk, put_in_force):
    put_in_force("010101", 700)
    case_id = _report(desk, "三号楼有问题", category_id=desk.categories["020101"])
    take_up(case_id, desk.now)
    assert find_panel(case_id).basis == "given"
    put_in_force("010101", 900)
    take_up(case_id, desk.now)
    assert find_panel(case_id).basis == "model"


def test_cases_alike_and_the_place_are_named(desk):
    words = "北门社区三号楼停水两天了，物业说水管坏了没有人修，老人小孩都没有水用"
    first = _report(desk, words)
    second = _report(desk, words + "，请尽快")
    take_up(second, desk.now)
    panel = find_panel(second)
    assert [one["title"] for one in panel.alike]
    assert Prediction.objects.get(case_id=second).alike[0][0] == first
    assert "北门社区" in panel.place.zh


def test_danger_raises_the_case_at_once_and_the_record_says_why(desk):
    case_id = _report(desk, "锦绣小区着火了，有人被困")
    take_up(case_id, desk.now)
    case = desk.case(find_number(case_id))
    assert (case.urgent, case.grade) == (True, "urgent")
    assert case.lead_id is None
    entry = desk.entries(case.number)[-1]
    assert entry.verb == "raise_urgent"
    assert "着火" in entry.body["inputs"]["note"]
    assert desk.verify(case.number) == []


def test_a_model_never_makes_an_urgent_case_less_so(desk, put_in_force, open_up):
    put_in_force("020101")
    open_up("020101")
    case_id = _report(desk, "门口有人摆摊", urgent=True, grade="urgent")
    take_up(case_id, desk.now)
    case = desk.case(find_number(case_id))
    assert (case.urgent, case.grade) == (True, "urgent")


@pytest.mark.parametrize(
    ("process", "by"),
    [("hotline", "linxiao"), ("enterprise", "linxiao"), ("stuck", "linxiao"), ("through-train", "ruanqin")],
)
def test_every_shipped_process_can_raise_a_dangerous_matter(desk, process, by):
    number = desk.open(process=process, words="这里着火了", by=by)
    take_up(desk.case(number).pk, desk.now)
    assert desk.case(number).urgent
    assert desk.entries(number)[-1].verb == "raise_urgent"


def find_number(case_id):
    from huiyin.cases.api import Case

    return Case.objects.get(pk=case_id).number
