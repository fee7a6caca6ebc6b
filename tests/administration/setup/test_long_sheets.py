"""Sheets that are too long to wait for: a job checks and writes them, and a page tells how far it is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from administration.conftest import make_book
from huiyin.administration.jobs import run_sheet
from huiyin.administration.models import Draft
from huiyin.administration.setup import running
from huiyin.journal.api import list_entries
from huiyin.people import api as people
from huiyin.people.models import Area, Place

pytestmark = pytest.mark.django_db
HEADINGS = ["编号", "名称", "所在地方", "在用"]


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    """Six rows are long here."""
    monkeypatch.setattr("huiyin.administration.setup.running.QUICK", 5)
    monkeypatch.setattr("huiyin.administration.setup.views_sheets.QUICK", 5)


def rows(count=6, **wrong):
    village = Area.objects.filter(level="village").order_by("code")[0]
    made = [[f"LONG{at}", f"第{at}处", village.code, "是"] for at in range(count)]
    return [[*row[:2], wrong.get(row[0], row[2]), row[3]] for row in made]


def upload(client, *given, part="places", headings=HEADINGS):
    answer = client.post(f"/console/setup/{part}/upload", {"file": make_book(headings, *given)})
    assert answer.status_code == 303, answer.content.decode()
    return answer.headers["Location"]


def work():
    """What the worker would do now."""
    jobs = list(ProcrastinateJob.objects.filter(task_name="run-sheet").order_by("id"))
    run_sheet(**jobs[-1].args)
    return len(jobs)


def text_of(response, status=200):
    assert response.status_code == status
    return response.content.decode()


def test_a_long_sheet_is_checked_and_written_by_jobs_and_the_page_tells_how_far_they_are(admin):
    place = upload(admin, *rows())
    page = text_of(admin.get(place))
    assert "正在核对，还什么也没有写入" in page
    assert "<noscript>" in page.split("</head>")[0]
    assert 'hx-trigger="every 2s"' in page
    Draft.objects.update(percent=40)
    assert "40%" in text_of(admin.get(place))
    assert "40%" in text_of(admin.get("/console/setup/places"))
    assert place in text_of(admin.get("/console/setup/places/upload"))
    assert work() == 1
    polled = admin.get(place, headers={"HX-Request": "true"})
    assert polled.headers["HX-Refresh"] == "true"
    assert "确认写入 6 行" in text_of(polled)
    assert not Place.objects.filter(code="LONG0").exists()
    assert admin.post(place).headers["Location"] == place
    assert "正在写入" in text_of(admin.get(place))
    assert admin.post(place).headers["Location"] == place  # once more does nothing
    assert work() == 2
    assert "6 行已全部写入" in text_of(admin.get(place))
    assert Place.objects.filter(code__startswith="LONG").count() == 6
    assert [entry.verb for entry in list_entries("place:LONG5")] == ["place-added"]
    work()  # a job that is done again, because its worker died after it
    assert len(list_entries("place:LONG5")) == 1


def test_the_same_sheet_twice_changes_nothing(admin):
    place = upload(admin, *rows())
    work()
    admin.post(place)
    work()
    again = upload(admin, *rows())
    work()
    assert "没有要改的" in text_of(admin.get(again))
    assert admin.post(again).status_code == 303
    assert {len(list_entries(f"place:LONG{at}")) for at in range(6)} == {1}


def test_one_wrong_row_keeps_all_of_a_long_sheet_out(admin):
    place = upload(admin, *rows(LONG4="没有这个地方"))
    work()
    page = text_of(admin.get(place))
    assert "有 1 行有误" in page
    assert "找不到“没有这个地方”" in page
    assert admin.post(place).status_code == 409
    assert ProcrastinateJob.objects.filter(task_name="run-sheet").count() == 1
    assert not Place.objects.filter(code__startswith="LONG").exists()


def test_nothing_is_written_when_the_list_has_changed_between_check_and_writing(admin):
    place = upload(admin, *rows())
    work()
    card = people.PlaceCard("LONG3", "别人先加的", rows()[0][2])
    people.PLACE_KEEPER.add(card, by=None, now=timezone.now())
    admin.post(place)
    work()
    page = text_of(admin.get(place))
    assert "有人改过" in page
    assert Place.objects.filter(code__startswith="LONG").count() == 1


def test_a_job_that_breaks_off_says_so_and_has_written_nothing(admin, monkeypatch):
    place = upload(admin, *rows())
    work()
    admin.post(place)

    def write_half(listing, plan, acts):
        people.PLACE_KEEPER.add(people.PlaceCard("LONG0", "一半", rows()[0][2]), by=None, now=timezone.now())
        raise RuntimeError("half way")

    monkeypatch.setattr(running, "write", write_half)
    with pytest.raises(RuntimeError):
        work()
    assert "后台没有做完，什么也没有写入" in text_of(admin.get(place))
    assert not Place.objects.filter(code__startswith="LONG").exists()
    monkeypatch.undo()
    assert admin.post(place).status_code == 303


def test_wrong_headings_of_a_long_sheet_are_told_at_once(admin):
    book = make_book(["编号", "叫什么"], *[["A1", "x"]] * 9)
    answer = admin.post("/console/setup/places/upload", {"file": book})
    assert "列名对不上" in text_of(answer, 422)
    assert Draft.objects.count() == 0


def test_a_long_sheet_is_dropped_and_its_job_lets_it_be(admin):
    place = upload(admin, *rows())
    answer = admin.post(place, {"act": "drop"}, follow=True)
    assert "已经取消" in text_of(answer)
    work()
    assert Draft.objects.count() == 0
    assert admin.get(place).status_code == 404


def test_what_is_being_written_is_neither_dropped_nor_replaced(admin):
    place = upload(admin, *rows())
    work()
    admin.post(place)
    assert admin.post(place, {"act": "drop"}).status_code == 409
    book = make_book(HEADINGS, *rows(7))
    answer = admin.post("/console/setup/places/upload", {"file": book})
    assert "正在写入" in text_of(answer, 422)
    work()
    assert Place.objects.filter(code__startswith="LONG").count() == 6


def test_only_whoever_uploaded_and_administrators_see_it(admin, security, as_role):
    headings = ["登录名", "姓名", "办公电话"]
    known = people.list_accounts()[:6]
    own = upload(
        security, *[[one.login, one.name, one.phone] for one in known], part="accounts", headings=headings
    )
    assert text_of(admin.get(own))
    work()
    assert "没有要改的" in text_of(security.get(own))
    assert admin.post(own, {"act": "drop"}).status_code == 404
    theirs = upload(
        admin, *[[one.login, one.name, one.phone] for one in known], part="accounts", headings=headings
    )
    assert security.get(theirs).status_code == 404
    assert as_role("auditor").get(theirs).status_code == 403


def test_a_job_does_not_write_for_somebody_who_keeps_the_list_no_more(admin):
    place = upload(admin, *rows())
    work()
    admin.post(place)
    draft = Draft.objects.get()
    yesterday = timezone.localdate() - timedelta(days=1)
    people.Post.objects.filter(account_id=draft.account_id).update(until_on=yesterday)
    work()
    draft.refresh_from_db()
    assert draft.state == "checked"
    assert "不再管理" in draft.refusal[0]
    assert not Place.objects.filter(code__startswith="LONG").exists()


def test_areas_of_a_sheet_may_stand_in_any_order_and_cases_keep_their_township(admin, make_case):
    village = Area.objects.filter(level="village").order_by("code")[0]
    other = Area.objects.filter(level="township").exclude(pk=village.parent_id).order_by("code")[0]
    case = make_case(area_id=village.pk, township_id=village.parent_id)
    headings = ["代码", "名称", "上级"]
    place = upload(
        admin,
        ["990101", "新村一格", "9901"],
        ["9901", "新村", "99"],
        ["99", "新乡", village.parent.parent.code],
        [village.code, village.name, f"{other.code} {other.name}"],
        part="areas",
        headings=headings,
    )
    assert "新增 3" in text_of(admin.get(place))
    assert admin.post(place).status_code == 303
    assert people.find_township_of(people.find_area("990101").pk).code == "99"
    assert people.find_township_of(village.pk) == other
    case.refresh_from_db()
    assert case.township_id == village.parent_id
