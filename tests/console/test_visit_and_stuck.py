"""The through-train's door and the stuck-case desk."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse

from huiyin.appeals.api import Appeal
from huiyin.cases.api import Case
from huiyin.people import api as people

pytestmark = pytest.mark.django_db


def send(client, route, **typed):
    return client.post(reverse(f"console:{route}"), {"client_key": str(uuid4()), "act": "register", **typed})


def newest():
    return Case.objects.order_by("-pk").first()


def test_a_steward_reports_what_a_company_said_with_a_suggestion(client, sign_in):
    company = people.list_companies()[0]
    answer = send(
        sign_in(client, "jingyi"), "visit", about="company", company=company.name,
        words="厂区门口的路坑太多，货车进不来",
        suggestion="建议交通运输局先填平，年底前大修", finish="open",
    )  # fmt: skip
    case, appeal = newest(), Appeal.objects.get()
    assert answer.status_code == 303
    assert (case.process, case.channel_id, case.stage) == ("through-train", "steward", "reported")
    assert (appeal.company_id, appeal.suggestion) == (company.pk, "建议交通运输局先填平，年底前大修")


def test_a_visitor_reports_a_households_matter_from_its_village(client, sign_in):
    township = people.list_areas("township")[0]
    village = people.list_areas("village", township.pk)[0]
    send(
        sign_in(client, "ruanqin"), "visit", about="household", township=township.pk, village=village.pk,
        words="机耕路被雨水冲断了", name="张守田", phone="13900000021",
    )  # fmt: skip
    case = newest()
    assert (case.channel_id, case.area_id, case.township_id) == ("visit", village.pk, township.pk)


def test_a_visit_without_company_or_village_is_asked_again_and_keeps_its_words(client, sign_in):
    sign_in(client, "ruanqin")
    for about, field in (("company", "company"), ("household", "township")):
        answer = send(client, "visit", about=about, words="机耕路被雨水冲断了")
        assert answer.status_code == 422
        assert f'id="id_{field}-error"' in answer.content.decode()
        assert "机耕路被雨水冲断了" in answer.content.decode()
    assert Case.objects.count() == 0


def test_a_visit_sent_twice_is_one_matter(client, sign_in):
    key, company = str(uuid4()), people.list_companies()[0]
    sign_in(client, "jingyi")
    for _again in range(2):
        send(
            client,
            "visit",
            client_key=key,
            about="company",
            company=company.credit_code,
            words="用电增容排队太久",
        )
    assert Case.objects.count() == 1


def test_an_intake_clerk_has_no_through_train(client, sign_in):
    assert sign_in(client, "linxiao").get(reverse("console:visit")).status_code == 403


def test_a_failed_case_is_found_and_tied_to_the_stuck_one(client, sign_in, make_case):
    failed = make_case("个体户营业执照注销跑了三趟没办成")
    page = sign_in(client, "tianxin").get(reverse("console:stuck"), {"q": failed.number}).content.decode()
    assert f"?failed={failed.number}" in page
    answer = send(
        client, "stuck", failed=failed.number, words="窗口每次都说缺材料", finish="accept", grade="ordinary"
    )
    case, appeal = newest(), Appeal.objects.get(pk=newest().pk)
    assert answer.status_code == 303
    assert (case.process, case.channel_id, case.stage) == ("stuck", "stuck-desk", "tracing")
    assert appeal.failed_case_id == failed.pk


def test_a_matter_of_elsewhere_is_described_with_the_unit_where_it_failed(client, sign_in, unit_of):
    unit = unit_of("water")
    send(
        sign_in(client, "tianxin"), "stuck", failed_matter="水表过户", failed_unit=unit.pk,
        words="去了四次", finish="accept",
        grade="ordinary",
    )  # fmt: skip
    assert Appeal.objects.get().failed_matter == f"{unit.short}：水表过户"


def test_a_stuck_matter_names_what_failed(client, sign_in):
    answer = send(sign_in(client, "tianxin"), "stuck", words="去了四次", grade="ordinary", finish="accept")
    assert answer.status_code == 422
    assert Case.objects.count() == 0


def test_the_list_of_stuck_cases_shows_cause_and_limit(client, sign_in, move):
    send(
        sign_in(client, "tianxin"),
        "stuck",
        failed_matter="水表过户",
        words="去了四次",
        finish="accept",
        grade="ordinary",
    )
    case = newest()
    assert "原因还没查清" in client.get(reverse("console:stuck")).content.decode()
    move(case, "name_cause", "tianxin", cause="材料要求不一致")
    page = client.get(reverse("console:stuck")).content.decode()
    assert "材料要求不一致" in page
    assert "剩" in page


def test_a_steward_cannot_tie_a_stuck_matter_to_a_case_that_is_not_theirs(client, sign_in, make_case):
    failed = make_case("别人的事")
    answer = send(
        sign_in(client, "jingyi"),
        "stuck",
        failed=failed.number,
        words="去了四次",
        finish="open",
        grade="ordinary",
    )
    assert answer.status_code == 422
    assert "别人的事" not in answer.content.decode()
    assert not Case.objects.filter(process="stuck").exists()
