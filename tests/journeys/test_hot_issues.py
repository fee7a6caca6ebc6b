"""What many raise is found, named, made one group, answered for everybody; who repeats is told in writing."""

from __future__ import annotations

from datetime import timedelta

from tests.insight.saying import OTHERS, PLANT
from tests.journeys.test_hotline import answer, call, dispatch

from huiyin.cases.api import Case
from huiyin.insight.api import carry_out_run, join, start_run

REPEATED = "楼下麻将馆每天打到半夜，声音很大，睡不着，请管一管，东湖新村五栋。"


def call_all(walker, said, prefix):
    return [
        call(walker.later(minutes=3), words=words, title=title, phone=f"{prefix}{at:02d}")
        for at, (title, words) in enumerate(said)
    ]


def look(walker):
    """What each night does."""
    run = start_run(walker.now - timedelta(days=90), walker.now, None, None, walker.now)
    carry_out_run(run.pk, walker.now)


def case_id(number):
    return Case.objects.get(number=number).pk


def test_what_many_raise_is_one_group_and_everybody_is_answered(walker):
    call_all(walker, OTHERS, "139000001")
    said = call_all(walker, PLANT, "139000002")
    look(walker.later(hours=1))
    page = walker.open("/console/issues", "guoheng")
    link = page.first("table", "issue-list").first("a")
    issue = walker.open(link.attrs["href"], "guoheng")
    assert "青云花园" in issue.words
    address = issue.path.partition("?")[0]
    named = walker.post(f"{address}/acts", {"act": "name", "title": "青云花园沥青厂"}, "guoheng")
    assert "青云花园沥青厂" in walker.follow(named, "guoheng").words

    words = "沥青厂又排黑烟，青云花园臭得没法开窗。"
    late, late_link = call(walker.later(minutes=5), words=words, phone="13900000399")
    join(case_id(late), walker.now)
    assert "青云花园沥青厂" in walker.case(late, "hemin").words

    lead = said[0][0]
    grouped = walker.post(f"{address}/acts", {"act": "group", "lead": lead}, "hemin")
    assert f"已并案 {len(said)} 件" in walker.follow(grouped, "hemin").words
    dispatch(walker, lead)
    answer(walker, lead, reply="沥青厂已停产整改")
    for _, link in [*said, (late, late_link)]:
        assert "沥青厂已停产整改" in walker.open(link).words
    issue = walker.open(address, "guoheng")
    assert f"其中已答复 {len(said)} 件" in issue.words
    assert all(walker.is_whole(number) for number, _ in said)


def test_who_repeats_what_was_answered_is_told_in_writing_and_who_does_not_cannot_be(walker):
    first, _ = call(walker, words=REPEATED)
    assert "重复诉求告知" not in walker.case(first, "linxiao").offers
    walker.press(first, "即时答复", "linxiao", reply="已约定每晚十点关门")
    again, link = call(walker.later(days=2), words=REPEATED)
    page = walker.case(again, "linxiao")
    assert "第 2 次反映" in page.words
    page = walker.press(again, "重复诉求告知", "linxiao")
    assert page.stage == "重复不再受理"
    told = walker.open(link).words
    assert "已约定每晚十点关门" in told
    assert "行政复议" in told
    assert any(first in words for words in walker.texts(again))
