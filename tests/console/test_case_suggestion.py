"""The suggestion on the page of a case: shown to whoever may dispatch, accepted by one form."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone

from huiyin.cases.api import Case
from huiyin.triage.api import Prediction, note_outcome, take_up


@pytest.fixture
def suggested(make_case):
    """A case whose words speak of water, taken up by triage."""
    case = make_case("锦绣小区三号楼停水两天了", title="小区停水", name="王秀兰", phone="13900002716")
    take_up(case.pk, timezone.now())
    return Case.objects.get(pk=case.pk)


def _page(client, case, **query):
    return client.get(f"/console/cases/{case.number}", query).content.decode()


def _form(page):
    """The hidden inputs of the form that accepts the suggestion, and where it is sent."""
    form = next(one for one in re.findall(r"<form.*?</form>", page, re.DOTALL) if 'data-key="a"' in one)
    fields = dict(re.findall(r'<input type="hidden" name="([\w_]+)" value="([^"]*)"', form))
    return re.search(r'action="([^"]+)"', form)[1], fields


def test_the_dispatcher_reads_what_why_and_whose(client, sign_in, suggested):
    page = _page(sign_in(client, "hemin"), suggested)
    assert "派单建议" in page
    assert "水电气暖 / 供水 / 停水" in page
    assert "<b>水务公司</b>" in page
    assert "派单目录" in page
    assert "<mark>停水</mark>" in page
    assert "按词表，还没有在用的模型" in page


def test_one_form_accepts_it(client, sign_in, suggested, unit_of):
    signed = sign_in(client, "hemin")
    address, fields = _form(_page(signed, suggested))
    answer = signed.post(address, fields)
    assert answer.status_code == 302
    suggested.refresh_from_db()
    assert suggested.stage == "dispatched"
    assert suggested.lead_id == unit_of("water").pk
    note_outcome({"case_id": suggested.pk})
    assert Prediction.objects.get(case=suggested).outcome == "accepted"
    assert signed.post(address, fields).status_code == 302  # sent twice, it acts once
    assert "派单建议</h2>" not in _page(signed, suggested)


def test_danger_is_told_first_and_stays_urgent_when_accepted(client, sign_in, make_case):
    case = make_case("三号楼停水，水泵房着火了", title="着火")
    take_up(case.pk, timezone.now())
    signed = sign_in(client, "hemin")
    page = _page(signed, case)
    assert "涉及生命财产安全" in page
    address, fields = _form(page)
    signed.post(address, fields)
    case.refresh_from_db()
    assert (case.stage, case.urgent, case.grade) == ("dispatched", True, "urgent")


def test_a_lawful_way_is_offered_beside_it(client, sign_in, make_case):
    case = make_case("停水的事已经起诉，法院判决下来了", title="停水起诉")
    take_up(case.pk, timezone.now())
    page = _page(sign_in(client, "hemin"), case)
    assert "可能应走法定途径：诉讼" in page
    assert "?move=show_way#act" in page


def test_before_anything_was_said_the_page_says_so(client, sign_in, make_case):
    assert "建议还没有出来" in _page(sign_in(client, "hemin"), make_case("停水"))


@pytest.mark.parametrize("login", ["linxiao", "maqing", "chengmo"])
def test_whoever_may_not_dispatch_sees_no_suggestion(client, sign_in, suggested, login):
    assert "派单建议</h2>" not in _page(sign_in(client, login), suggested)


def test_another_category_opens_the_form_with_its_units(client, sign_in, suggested):
    signed = sign_in(client, "hemin")
    suggested.refresh_from_db()
    fields = {"show": "category", "category": "3", "version": suggested.version}
    answer = signed.post(f"/console/cases/{suggested.number}/moves/dispatch", fields)
    assert answer.status_code == 200


def test_a_case_that_went_by_itself_says_so_everywhere(client, sign_in, suggested):
    Case.objects.filter(pk=suggested.pk).update(automatic=True)
    Prediction.objects.filter(case=suggested).update(automatic=True, outcome="auto", per_mille=952)
    signed = sign_in(client, "hemin")
    assert "自动派单" in _page(signed, suggested)
    listed = signed.get("/console/cases", {"tab": "open"}).content.decode()
    assert "自动派单：模型第 0 版，把握 95 %" in listed
