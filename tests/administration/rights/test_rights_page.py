"""The security officer's page of rights: given and ended there, and what a right opens."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from huiyin.people.api import find_account
from huiyin.people.models import Right

PHONE = "13900002716"


@pytest.fixture
def officer(client, sign_in):
    return sign_in(client, "anran")


def _form(login, **more):
    today = timezone.localdate()
    return {
        "account": find_account(login).pk, "right": "confidential", "reason": "中心主任批准复核",
        "since_on": today.isoformat(), "until_on": (today + timedelta(days=30)).isoformat(), **more,
    }  # fmt: skip


def test_the_county_has_one_right_and_the_page_tells_it(officer):
    page = officer.get("/console/rights").content.decode()
    assert "郭恒" in page
    assert "有效" in page


def test_without_rights_the_page_says_that_nobody_can_look(officer):
    Right.objects.all().delete()
    assert "现在谁也打不开" in officer.get("/console/rights").content.decode()


def test_a_right_is_given_and_taken_back(officer):
    given = officer.post("/console/rights/give", _form("linxiao"))
    assert (given.status_code, given["Location"]) == (303, "/console/rights?done=given")
    right = Right.objects.get(account__login="linxiao")
    assert right.given_by.login == "anran"
    assert officer.post(f"/console/rights/{right.pk}/end", {"reason": "不再需要了"}).status_code == 303
    right.refresh_from_db()
    assert right.ended_by.login == "anran"
    assert "已收回" in officer.get("/console/rights").content.decode()


@pytest.mark.parametrize(
    ("login", "more", "words"),
    [
        ("linxiao", {"reason": "要"}, "至少 4 个字"),
        ("linxiao", {"until_on": "2020-01-01"}, "起止日期不对"),
        ("linxiao", {"until_on": "x"}, "请选择一个日期"),
        ("linxiao", {"account": "x"}, "没有这个账号"),
        ("shenji", {}, "没有办理工单的岗位"),
        ("anran", {}, "不能给自己授权"),
        ("guoheng", {}, "已经有这项权限"),
    ],
)
def test_what_is_refused_comes_back_with_what_was_typed(officer, login, more, words):
    refused = officer.post("/console/rights/give", _form(login, **more))
    assert refused.status_code in {404, 409}
    assert words in refused.content.decode()
    assert Right.objects.count() == 1


def test_a_right_opens_a_confidential_matter_until_it_is_taken_back(client, sign_in, make_case):
    case = make_case("单位欠薪", name="李某", phone=PHONE, identity="confidential")

    def look(login):
        return sign_in(client, login).post(f"/console/cases/{case.number}/reveal", {"reason": "核实情况需要"})

    assert look("linxiao").status_code == 403
    sign_in(client, "anran").post("/console/rights/give", _form("linxiao"))
    assert PHONE in look("linxiao").content.decode()
    right = Right.objects.get(account__login="linxiao")
    sign_in(client, "anran").post(f"/console/rights/{right.pk}/end", {"reason": "不再需要了"})
    assert look("linxiao").status_code == 403


def test_at_a_unit_that_handles_the_matter_a_right_opens_nothing(client, sign_in, make_case, move, unit_of):
    case = make_case("单位欠薪", name="李某", phone=PHONE, identity="confidential")
    move(case, "dispatch", "hemin", lead=unit_of("water").pk, category=case.category_id or _some_category())
    sign_in(client, "anran").post("/console/rights/give", _form("tanxue"))
    handler = sign_in(client, "tanxue")
    assert handler.get(f"/console/cases/{case.number}").status_code == 200
    assert handler.post(f"/console/cases/{case.number}/reveal", {"reason": "核实情况需要"}).status_code == 403


def _some_category():
    from huiyin.register.models import Category

    return Category.objects.get(code="010106").pk
