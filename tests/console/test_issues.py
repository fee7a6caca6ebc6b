"""The pages of hot issues: what an analyst sees, does and takes away."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from tests.insight.saying import OTHERS, PLANT

from huiyin.cases.api import Case
from huiyin.insight.api import Issue, Member, carry_out_run, start_run

pytestmark = pytest.mark.django_db


@pytest.fixture
def issue(make_case, now):
    """What eight people raise, found among other cases."""
    for at, (title, words) in enumerate(OTHERS):
        make_case(words, title=title, name="某某", phone=f"139000001{at:02d}")
    for at, (title, words) in enumerate(PLANT):
        make_case(words, title=title, name="某某", phone=f"139000002{at:02d}")
    run = start_run(now - timedelta(days=30), now + timedelta(hours=1), None, None, now)
    carry_out_run(run.pk, now)
    return Issue.objects.order_by("-score")[0]


def page(issue):
    return reverse("console:issue", args=[issue.pk])


def act(client, issue, what, **given):
    return client.post(reverse("console:issue-act", args=[issue.pk]), {"act": what, **given})


def test_the_list_tells_rank_size_people_and_places(client, sign_in, issue):
    html = sign_in(client, "guoheng").get(reverse("console:issues")).content.decode()
    assert issue.title in html
    assert "青云花园" in html
    assert "最近一次聚类" in html


def test_an_empty_list_says_so_and_leads_on(client, sign_in):
    html = sign_in(client, "guoheng").get(reverse("console:issues")).content.decode()
    assert "这段时间没有热点" in html
    assert "还没有聚类过" in html


@pytest.mark.parametrize(
    "query", ["?since=nonsense&until=2026-99-99", "?township=abc&category=-1&order=x&shown=y"]
)
def test_nonsense_in_the_address_is_the_usual_list(client, sign_in, issue, query):
    answer = sign_in(client, "guoheng").get(reverse("console:issues") + query)
    assert answer.status_code == 200
    assert issue.title in answer.content.decode()


def test_what_is_listed_leaves_as_a_spreadsheet(client, sign_in, issue):
    answer = sign_in(client, "guoheng").get(reverse("console:issues") + "?export=sheet")
    rows = list(load_workbook(BytesIO(b"".join(answer))).active.values)
    assert rows[1][:2] == (1, issue.title)
    assert rows[1][4] == len(PLANT)


def test_the_page_of_an_issue_has_course_members_and_history(client, sign_in, issue):
    html = sign_in(client, "luzhengping").get(page(issue)).content.decode()
    assert '<svg class="course"' in html
    assert all(title in html for title, _ in PLANT)
    assert "聚类发现" in html
    assert 'name="act"' not in html, "a leader looks on"


def test_there_is_no_such_issue(client, sign_in):
    assert sign_in(client, "guoheng").get(reverse("console:issue", args=[999])).status_code == 404


def test_named_split_merged_dismissed_and_taken_back(client, sign_in, issue):
    sign_in(client, "guoheng")
    assert act(client, issue, "name", title="青云花园沥青厂").status_code == 303
    picked = list(Member.objects.filter(issue=issue).values_list("case_id", flat=True)[:2])
    answer = act(client, issue, "split", pick=picked, split_title="夜里生产")
    assert answer.status_code == 303
    off = Issue.objects.get(title="夜里生产")
    assert answer.headers["Location"] == f"{page(off)}?done=split"
    assert "撤销分出" in client.get(page(off)).content.decode()
    assert act(client, off, "merge", into=issue.pk).headers["Location"] == f"{page(issue)}?done=merged"
    assert act(client, off, "restore").status_code == 303
    assert act(client, issue, "dismiss", reason="专班在办").status_code == 303
    assert "专班在办" in client.get(page(issue)).content.decode()
    assert issue.title not in client.get(reverse("console:issues")).content.decode()
    assert "专班在办" in client.get(reverse("console:issues") + "?shown=dismissed").content.decode()
    assert act(client, issue, "restore").status_code == 303
    assert "青云花园沥青厂" in client.get(reverse("console:issues")).content.decode()


@pytest.mark.parametrize(
    ("what", "given", "words"),
    [
        ("name", {"title": ""}, "请写一个名称"),
        ("merge", {"into": ""}, "请选择要并入的热点"),
        ("split", {}, "请先勾选要分出的工单"),
        ("dismiss", {"reason": ""}, "请写明理由"),
        ("dance", {}, "没有这个操作"),
    ],
)
def test_a_refusal_stands_on_the_page_with_what_to_do(client, sign_in, issue, what, given, words):
    answer = act(sign_in(client, "hemin"), issue, what, **given)
    assert 400 <= answer.status_code < 500
    assert words in answer.content.decode()


def test_one_group_is_made_and_the_page_tells_who_cannot_follow(client, sign_in, issue, move, unit_of):
    members = [
        Case.objects.get(pk=one.case_id) for one in Member.objects.filter(issue=issue).order_by("case_id")
    ]
    move(members[0], "show_way", "linxiao", way="litigation", reply="请走诉讼")
    sign_in(client, "hemin")
    assert "不能并案的 1 件" in client.get(page(issue)).content.decode()
    assert act(client, issue, "group", lead=members[1].number).status_code == 303
    html = client.get(page(issue)).content.decode()
    assert f"已并案 {len(members) - 2} 件" in html
    assert f"牵头 {members[1].number}" in html


def test_a_look_on_demand_is_a_job(client, sign_in, issue, monkeypatch):
    asked = []
    monkeypatch.setattr("huiyin.insight.asking.cluster_cases_now.defer", lambda **given: asked.append(given))
    answer = sign_in(client, "guoheng").post(
        reverse("console:run-issues"), {"since": "2026-01-01", "until": "2026-03-01"}
    )
    assert answer.status_code == 303
    assert len(asked) == 1
    again = client.post(reverse("console:run-issues"), {})
    assert "正在聚类" in again.content.decode()


def test_the_case_page_names_its_issue_to_those_who_see_issues(client, sign_in, issue):
    case = Case.objects.get(pk=Member.objects.filter(issue=issue)[0].case_id)
    html = sign_in(client, "hemin").get(reverse("console:case", args=[case.number])).content.decode()
    assert page(issue) in html


def test_a_repeat_is_told_at_intake_and_on_the_case_page_with_the_words_ready(
    client, sign_in, make_case, move
):
    words = "楼下麻将馆每天打到半夜，声音很大，睡不着，请管一管，东湖新村五栋。"
    first = make_case(words, name="某某", phone="13900000009")
    move(first, "answer_at_once", "linxiao", reply="已约定十点关门")
    sign_in(client, "linxiao")
    told = client.post(reverse("console:alike"), {"words": words, "phone": "13900000009", "desk": "intake"})
    assert "第 2 次反映" in told.content.decode()
    again = make_case(words, name="某某", phone="13900000009")
    html = client.get(reverse("console:case", args=[again.number]) + "?move=refuse_repeat").content.decode()
    assert "第 2 次反映" in html
    assert first.number in html
    assert "已约定十点关门" in html
    assert "行政复议" in html


def test_who_repeats_nothing_is_not_offered_the_refusal(client, sign_in, make_case):
    case = make_case("公交六路收车太早", name="某某", phone="13900000009")
    html = sign_in(client, "linxiao").get(reverse("console:case", args=[case.number])).content.decode()
    assert "重复诉求告知" not in html
