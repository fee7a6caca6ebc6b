"""The staff's pages of postings: putting a month up, correcting, answering, seeing who is late."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from huiyin.economy.books.api import Line, NewVoucher, post_vouchers
from huiyin.economy.postings.api import NewQuestion, Posting, Question, ask, put_up_month

NOW = timezone.now()
LAST = timezone.localdate().replace(day=1) - timedelta(days=1)
KEY = f"{LAST:%Y-%m}"


@pytest.fixture
def rent(village, officer):
    """A rent that came in last month."""
    hands = {"made_by_id": officer("bookkeeper").id, "reviewed_by_id": officer("reviewer").id}
    lines = (Line("102", 100_000), Line("501", -100_000))
    return post_vouchers([NewVoucher(village.pk, LAST, "鱼塘租金", lines, **hands)], None, NOW)[0]


@pytest.fixture
def question(village, officer, rent):
    """What somebody asked under the line of that rent."""
    posting = put_up_month(village, LAST, officer("director"), NOW)
    return ask(NewQuestion(posting.pk, "租给谁了？", line_id=posting.lines.get(at=2).pk), NOW)


def read(client, path, status=200):
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def test_the_bookkeeper_previews_and_the_director_puts_up(village, browse, rent):
    path = f"/console/villages/{village.code}/postings/month/{KEY}"
    page = read(browse("bookkeeper"), path)
    assert "鱼塘租金" in page
    assert "由理事长张榜" in page
    assert browse("bookkeeper").post(path).status_code == 403
    director = browse("director")
    assert director.post(path).status_code == 303
    assert "已张榜公示" in read(director, f"/console/villages/{village.code}/postings?done=put-up")
    assert director.post(path).status_code == 422
    assert Posting.objects.get().title in read(director, path)
    read(director, f"/console/villages/{village.code}/postings/month/none", 404)


def test_the_director_corrects_a_line_and_sees_both(village, browse, question):
    director, line = browse("director"), question.line
    path = f"/console/villages/{village.code}/postings/lines/{line.pk}"
    assert 'value="1,000.00"' in read(director, path)
    cells = {f"cell-{key}": value for key, value in (("what", "鱼塘租金"), ("income", "一千"))}
    refused = director.post(path, {**cells, "reason": "写错"})
    assert refused.status_code == 422
    assert "一千" in refused.content.decode()
    told = {
        "cell-what": "鱼塘租金（二号塘）",
        "cell-on": line.cells["on"],
        "cell-number": line.cells["number"],
    }
    told |= {"cell-income": "1,000.00", "cell-profit": "1,000.00"}
    assert director.post(path, {**told, "reason": ""}).status_code == 422
    assert director.post(path, {**told, "reason": "漏写塘号"}).status_code == 303
    page = read(director, f"/console/villages/{village.code}/postings/{line.posting_id}")
    assert "二号塘" in page
    assert "漏写塘号" in page
    assert browse("bookkeeper").get(path).status_code == 403


def test_a_question_is_answered_on_its_own_page(village, browse, question):
    path = f"/console/villages/questions/{question.case.number}"
    bookkeeper = browse("bookkeeper")
    assert "租给谁了？" in read(bookkeeper, path)
    assert "租给谁了？" in read(bookkeeper, f"/console/villages/{village.code}/postings")
    assert "租给谁了？" in read(bookkeeper, "/console/villages/questions")
    assert bookkeeper.post(f"{path}/move", {"move": "answer", "reply": ""}).status_code == 422
    done = bookkeeper.post(f"{path}/move", {"move": "answer", "reply": "租给村民李*，三年。"})
    assert done.status_code == 303
    assert "租给村民李*" in read(bookkeeper, f"{path}?done=moved")
    assert "租给谁了？" not in read(bookkeeper, "/console/villages/questions")
    assert "租给谁了？" in read(bookkeeper, "/console/villages/questions?view=all")
    assert Question.objects.get().answer == "租给村民李*，三年。"
    assert "villages/questions/" in read(bookkeeper, f"/console/cases/{question.case.number}")


def test_another_villages_officer_sees_none_of_it(villages, browse, question, officer):
    other = next(one for one in villages if one.pk != question.posting.organisation_id)
    assert read(browse("director"), f"/console/villages/{other.code}/postings", 404)
    from django.test import Client

    from huiyin.app.demo.county.accounts import PASSWORD
    from huiyin.people.api import SESSION_COOKIE, Post, sign_in

    login = Post.objects.filter(unit_id=other.unit_id, role="director").first().account.login
    client = Client()
    client.cookies[SESSION_COOKIE] = sign_in(login, PASSWORD, NOW).token
    assert client.get(f"/console/villages/questions/{question.case.number}").status_code == 404
    move = f"/console/villages/questions/{question.case.number}/move"
    assert client.post(move, {"move": "answer", "reply": "x"}).status_code == 404


def test_the_township_sees_who_is_late_and_takes_the_list_away(browse, village, question):
    rural = browse("rural")
    page = read(rural, "/console/villages/postings")
    assert village.township.short in page
    for path in ("/console/villages/postings/export", "/console/villages/questions/export?view=all"):
        assert rural.get(path).headers["Content-Type"].endswith("sheet")
    path = f"/console/villages/questions/{question.case.number}"
    assert "隐去不当言辞" in read(rural, path)
    assert rural.post(f"{path}/move", {"move": "hide", "reason": "辱骂他人"}).status_code == 303
    assert "辱骂他人" in read(rural, path)
