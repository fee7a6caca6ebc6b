"""The pages on the suggestions: versions, thresholds, outcomes, words of danger."""

from __future__ import annotations

import pytest
from django.utils import timezone

from huiyin.journal.api import list_entries
from huiyin.register.models import Category
from huiyin.triage.api import Prediction, list_thresholds, take_up
from huiyin.triage.models import ModelVersion

PAGES = ("", "/thresholds", "/thresholds/010101", "/outcomes", "/words")


@pytest.fixture
def centre(client, sign_in):
    return sign_in(client, "guoheng")


def _version(number, state="candidate", **more):
    figures = {
        "rows": 200, "accuracy": 910, "macro_f1": 880, "calibration_error": 21,
        "per_class": [{"label": "010101", "rows": 40, "precision": 950, "recall": 900, "f1": 924}],
        "coverage": [{"coverage": 500, "precision": 990, "threshold": 930}],
    }  # fmt: skip
    return ModelVersion.objects.create(
        number=number, origin="cases", state=state, rows=1000, labels=["010101"], trained_at=timezone.now(),
        figures=figures, **more,
    )  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("login", ["guoheng", "hemin", "shenji"])
def test_every_page_is_read_by_the_centre_the_dispatcher_and_the_auditor(client, sign_in, page, login):
    _version(1, "promoted")
    assert sign_in(client, login).get(f"/console/triage{page}").status_code == 200


def test_without_a_model_the_page_says_what_happens_then(centre):
    assert "还没有训练过模型" in centre.get("/console/triage").content.decode()


def test_a_version_shows_its_figures_and_is_put_in_force(centre):
    _version(1, "promoted")
    worse = {"version": 1, "macro_f1": 890, "accuracy": 915, "per_class": [{"label": "010101", "f1": 930}]}
    _version(2, compared=worse)
    page = centre.get("/console/triage/versions/2").content.decode()
    assert "停水" in page
    assert "这一版比在用的差" in page
    address = "/console/triage/versions/2/promotion"
    assert "请写明理由" in centre.post(address, {"reason": ""}).content.decode()
    assert centre.post(address, {"reason": "类别换过了"}).status_code == 303
    assert ModelVersion.objects.get(number=2).state == "promoted"
    back = centre.post("/console/triage/versions/1/promotion", {"reason": "新版错得多"})
    assert back.status_code == 303
    verbs = [entry.verb for entry in list_entries("triage:models")]
    assert verbs == ["model-promoted", "model-rolled-back"]


def test_training_is_left_to_the_worker_and_one_at_a_time(centre):
    assert centre.post("/console/triage/trainings").status_code == 303
    assert "正在训练第 1 版" in centre.get("/console/triage").content.decode()
    assert "请等它完成" in centre.post("/console/triage/trainings").content.decode()


def test_a_threshold_is_set_with_a_reason_and_stands_on_record(centre):
    address = "/console/triage/thresholds/010101"
    assert "请写明为什么" in centre.post(address, {"act": "set", "percent": "90"}).content.decode()
    assert "50" in centre.post(address, {"act": "set", "percent": "30", "reason": "试试"}).content.decode()
    assert centre.post(address, {"act": "set", "percent": "90", "reason": "一直派得对"}).status_code == 303
    category = Category.objects.get(code="010101")
    assert list_thresholds()[category.pk].per_mille == 900
    page = centre.get(address).content.decode()
    assert "一直派得对" in page
    assert centre.post(address, {"act": "off", "reason": "先停"}).status_code == 303
    assert list_thresholds() == {}
    assert [entry.body["after"] for entry in list_entries("triage:thresholds")] == [900, None]


def test_whoever_only_reads_sets_nothing(client, sign_in):
    signed = sign_in(client, "hemin")
    answer = signed.post(
        "/console/triage/thresholds/010101", {"act": "set", "percent": "90", "reason": "想开"}
    )
    assert answer.status_code == 403
    assert list_thresholds() == {}
    assert signed.post("/console/triage/trainings").status_code == 403


def test_outcomes_are_listed_and_leave_as_a_spreadsheet(centre, make_case):
    case = make_case("三号楼停水")
    take_up(case.pk, timezone.now())
    Prediction.objects.update(outcome="corrected", decided_by="何敏", decided_at=timezone.now())
    page = centre.get("/console/triage/outcomes", {"outcome": "corrected"}).content.decode()
    assert case.number in page
    assert "改正" in page
    for what in ("outcomes", "thresholds"):
        sheet = centre.get(f"/console/triage/{what}/export")
        assert sheet.headers["Content-Type"].endswith("sheet")


def test_words_of_danger_are_added_and_taken_out(centre, make_case):
    answer = centre.post("/console/triage/words", {"added": "桥墩开裂\n", "removed": "冒烟"})
    assert answer.status_code == 303
    case = make_case("村口桥墩开裂")
    take_up(case.pk, timezone.now())
    case.refresh_from_db()
    assert case.urgent
    assert "至少两个字" in centre.post("/console/triage/words", {"added": "火"}).content.decode()
