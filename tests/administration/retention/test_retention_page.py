"""The security officer's page on how long data is kept: set, counted first, carried out by a job."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from huiyin.appeals.api import RULES, is_nightly, list_keeping_rules
from huiyin.appeals.jobs import keep_now
from huiyin.appeals.models import KeepingRun
from huiyin.cases.api import Case
from huiyin.people.api import Person


@pytest.fixture
def officer(client, sign_in, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return sign_in(client, "anran")


@pytest.fixture
def old_case(make_case):
    case = make_case("路灯坏了", name="王秀兰", phone="13900002716")
    long_ago = timezone.now() - timedelta(days=2000)
    Case.objects.filter(pk=case.pk).update(closed_at=long_ago)
    Person.objects.filter(pk=case.person_id).update(created_at=long_ago)
    return case


def _form(**more):
    days = {f"days-{key}": rule.days for key, rule in RULES.items()}
    return {**days, **{f"active-{key}": "on" for key in RULES}, **more}


def test_the_page_tells_every_rule_with_its_law_and_counts_nothing_by_itself(officer, old_case):
    page = officer.get("/console/retention").content.decode()
    for rule in RULES.values():
        assert rule.title.zh in page
        assert rule.law in page
    assert "现在清理</button>" not in page
    assert "不自动清理" in page


def test_a_dry_run_shows_how_many_and_which_before_anything_goes(officer, old_case):
    page = officer.get("/console/retention?plan=1").content.decode()
    assert old_case.number in page
    assert "现在清理</button>" in page
    assert Person.objects.get(pk=old_case.person_id).anonymised_at is None


def test_the_run_is_a_job_and_what_it_did_is_told(officer, old_case):
    started = officer.post("/console/retention/run")
    assert (started.status_code, started["Location"]) == (303, "/console/retention?done=running")
    assert officer.post("/console/retention/run").status_code == 409
    job = ProcrastinateJob.objects.get(task_name="keep-now")
    keep_now(**job.args)
    assert Person.objects.get(pk=old_case.person_id).anonymised_at is not None
    assert KeepingRun.objects.get().counts["identity"] == 1
    page = officer.get("/console/retention").content.decode()
    assert "安然" in page
    case_page = _as(officer, "linxiao").get(f"/console/cases/{old_case.number}").content.decode()
    assert "身份已抹去" in case_page
    assert "王*" not in case_page


def _as(client, login):
    from huiyin.app.demo.county.loader import PASSWORD
    from huiyin.people.api import SESSION_COOKIE, sign_in

    client.cookies[SESSION_COOKIE] = sign_in(login, PASSWORD, timezone.now()).token
    return client


def test_rules_are_saved_together_and_the_night_is_switched_on(officer):
    saved = officer.post("/console/retention/set", _form(**{"days-messages": 90, "nightly": "on"}))
    assert (saved.status_code, saved["Location"]) == (303, "/console/retention?done=set")
    assert {one.rule.key: one.days for one in list_keeping_rules()}["messages"] == 90
    assert is_nightly()


@pytest.mark.parametrize(
    ("days", "words"), [("100", "至少要保存 183 天"), ("x", "请填天数"), ("", "请填天数")]
)
def test_one_rule_that_is_refused_leaves_all_as_they_were(officer, days, words):
    refused = officer.post("/console/retention/set", _form(**{"days-identity": 900, "days-accesses": days}))
    assert refused.status_code == 409
    assert words in refused.content.decode()
    assert all(one.days == one.rule.days for one in list_keeping_rules())


def test_a_file_past_its_time_is_named_and_cannot_be_opened(officer, old_case):
    from huiyin.cases.api import Kept, path_of, record_files

    path_of("a" * 64).parent.mkdir(parents=True)
    path_of("a" * 64).write_bytes(b"x")
    kept = Kept("a" * 64, "王秀兰家.pdf", "application/pdf", 1)
    (pk,) = record_files(old_case.pk, [kept], "诉求人", timezone.now(), public=True)
    officer.post("/console/retention/run")
    keep_now(**ProcrastinateJob.objects.get(task_name="keep-now").args)
    clerk = _as(officer, "linxiao")
    page = clerk.get(f"/console/cases/{old_case.number}").content.decode()
    assert "已过保存期限，已删除" in page
    assert "王秀兰家" not in page
    assert clerk.get(f"/console/files/{pk}").status_code == 404
