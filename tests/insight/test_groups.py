"""One issue becomes one group case: all who can follow it, and every one of them is answered."""

from __future__ import annotations

import pytest
from tests.cases.county import WASTE_OF_WATER

from huiyin.cases.api import share_answer
from huiyin.insight import api as insight

pytestmark = pytest.mark.django_db


def test_the_members_follow_one_lead_and_each_gets_its_answer(plant, look, by, desk):
    (issue,) = look()
    first, *others = plant
    grouping = insight.ask_grouping(issue.pk, first.number, by=by("hemin"), now=desk.now)
    assert (grouping.done, grouping.refused) == (len(others), [])
    desk.dispatch(first.number)
    desk.move(first.number, "sign", "tanxue")
    desk.answer(first.number, "沥青厂已停产整改")
    leader = desk.case(first.number)
    assert share_answer(first.number, "沥青厂已停产整改", leader.version, desk.now) == len(others)
    assert all(desk.case(one.number).answered_at is not None for one in plant)
    row = insight.get_issue(issue.pk, insight.Sought(desk.now, desk.now), desk.now)
    assert (row.lead_number, row.answered) == (first.number, len(plant))


def test_what_is_dispatched_or_closed_is_left_out_and_told_why(plant, look, by, desk):
    (issue,) = look()
    dispatched, withdrawn, lead, *_ = plant
    desk.dispatch(dispatched.number, category=WASTE_OF_WATER)
    desk.move(withdrawn.number, "show_way", "linxiao", way="litigation", reply="请走诉讼")
    grouping = insight.ask_grouping(issue.pk, lead.number, by=by("hemin"), now=desk.now)
    assert grouping.done == len(plant) - 3
    blocked = {one.number: one.blocked.zh for one in insight.list_members(issue.pk)}
    assert "已派给" in blocked[dispatched.number]
    assert blocked[withdrawn.number] == "已答复或办结"
    assert desk.stage(dispatched.number) == "dispatched"


def test_a_lead_can_be_opened_for_the_whole(plant, look, by, desk):
    (issue,) = look()
    grouping = insight.ask_grouping(issue.pk, insight.NEW, by=by("hemin"), now=desk.now)
    assert grouping.done == len(plant)
    lead = desk.case(grouping.lead_case.number)
    assert lead.title == issue.title
    assert lead.members == len(plant)


def test_whoever_may_not_merge_merges_nothing_and_hears_why(plant, look, by, desk):
    (issue,) = look()
    grouping = insight.ask_grouping(issue.pk, plant[0].number, by=by("guoheng"), now=desk.now)
    assert grouping.done == 0
    assert len(grouping.refused) == len(plant) - 1
    assert {desk.stage(case.number) for case in plant} == {"received"}


def test_done_twice_it_merges_nobody_twice(plant, look, by, desk):
    (issue,) = look()
    grouping = insight.ask_grouping(issue.pk, plant[0].number, by=by("hemin"), now=desk.now)
    assert insight.carry_out_grouping(grouping.pk, desk.now).done == grouping.done
    assert desk.case(plant[0].number).members == len(plant) - 1
