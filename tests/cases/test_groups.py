"""Cases that are one matter: handled once, and every member is answered."""

from __future__ import annotations

import pytest

from huiyin.cases import jobs
from huiyin.cases.api import PERSON, Case, free_members, share_answer, view_case
from huiyin.journal.models import Outbox


def merge(desk, number, into):
    desk.move(number, "merge", "linxiao", into=into)


def share(desk, leader):
    """What the job does with the leader's last event."""
    body = Outbox.objects.filter(event="case-moved", body__number=leader).latest("id").body
    return share_answer(leader, body["reply"], body["version"], desk.now) if body["answered"] else 0


def test_a_merged_case_follows_and_its_clocks_stop(desk):
    leader, follower = desk.open(), desk.open()
    merge(desk, follower, leader)
    case = desk.case(follower)
    assert (case.stage, case.group.number, case.due_at) == ("merged", leader, None)
    assert desk.case(leader).members == 1
    assert case.clocks.filter(stopped_at=None).count() == 0
    assert desk.entries(follower)[-1].body["inputs"]["into"] == leader
    assert [one.number for one in view_case(leader, desk.acting("hemin")).group] == [follower]


def test_the_number_may_be_typed_in_small_letters_with_blanks(desk):
    leader, follower = desk.open(), desk.open()
    merge(desk, follower, f" {leader.lower()} ")
    assert desk.case(follower).group.number == leader


def test_the_followers_of_a_merged_leader_follow_the_new_one(desk):
    leader, one, other, top = (desk.open() for _ in range(4))
    merge(desk, one, leader)
    merge(desk, other, leader)
    merge(desk, leader, top)
    assert desk.case(top).members == 3
    assert desk.case(leader).members == 0
    assert set(Case.objects.filter(group__number=top).values_list("number", flat=True)) == {
        leader,
        one,
        other,
    }


def test_who_is_merged_into_a_follower_follows_its_leader(desk):
    leader, follower, third = (desk.open() for _ in range(3))
    merge(desk, follower, leader)
    merge(desk, third, follower)
    assert desk.case(third).group.number == leader
    assert desk.case(leader).members == 2


def test_nobody_follows_themselves(desk):
    leader, follower = desk.open(), desk.open()
    assert desk.refuse(leader, "merge", "linxiao", into=leader).code == "same-case"
    merge(desk, follower, leader)
    assert desk.refuse(leader, "merge", "linxiao", into=follower).code == "same-case"


def test_a_case_that_is_answered_leads_nobody(desk):
    answered, number = desk.answered(), desk.open()
    assert desk.refuse(number, "merge", "linxiao", into=answered).code == "group-answered"
    desk.move(answered, "evaluate", PERSON, solved=True, satisfied=5)
    assert desk.refuse(number, "merge", "linxiao", into=answered).code == "group-answered"


def test_a_case_that_came_back_leads_again(desk):
    leader, number = desk.answered(), desk.open()
    desk.move(leader, "evaluate", PERSON, solved=False, satisfied=1)
    merge(desk, number, leader)
    assert desk.case(leader).members == 1


def test_every_member_is_answered_once_though_the_job_runs_twice(desk):
    leader = desk.open()
    members = [desk.open() for _ in range(3)]
    for member in members:
        merge(desk, member, leader)
    desk.dispatch(leader)
    desk.move(leader, "sign", "tanxue")
    desk.answer(leader, "总管修好了")
    assert share(desk, leader) == 3
    assert share(desk, leader) == 0
    for member in members:
        assert desk.stage(member) == "finished"
        answers = [entry for entry in desk.entries(member) if entry.verb == "share_answer"]
        assert [entry.body["told"]["reply"] for entry in answers] == ["总管修好了"]
        assert desk.case(member).lead_id == desk.units["water"]


def test_the_job_takes_what_the_move_announced(desk):
    leader, member = desk.open(), desk.open()
    merge(desk, member, leader)
    desk.move(leader, "answer_at_once", "linxiao", reply="来水了")
    body = Outbox.objects.filter(event="case-moved", body__number=leader).latest("id").body
    jobs.free_members("case-moved", body)
    assert desk.stage(member) == "merged"
    jobs.share_answer("case-moved", body)
    assert desk.stage(member) == "finished"


def test_a_member_that_is_not_content_gets_a_round_of_its_own_with_the_lead(desk):
    leader, member = desk.open(), desk.open()
    merge(desk, member, leader)
    desk.dispatch(leader)
    desk.move(leader, "sign", "tanxue")
    desk.answer(leader)
    share(desk, leader)
    desk.move(member, "evaluate", PERSON, solved=False, satisfied=1)
    case = desk.case(member)
    assert (case.stage, case.round, case.lead_id) == ("reopened", 2, desk.units["water"])
    assert desk.stage(leader) == "finished"
    desk.move(member, "sign", "tanxue")
    desk.answer(member)
    assert desk.stage(member) == "finished"


def test_a_member_of_a_leader_without_a_unit_is_dispatched_when_not_content(desk):
    leader, member = desk.open(), desk.open()
    merge(desk, member, leader)
    desk.move(leader, "answer_at_once", "linxiao", reply="来水了")
    share(desk, leader)
    desk.move(member, "evaluate", PERSON, solved=False, satisfied=1)
    assert desk.stage(member) == "to-dispatch"


def test_a_member_whose_matter_the_group_s_unit_does_not_have_is_dispatched_when_not_content(desk):
    leader, member = desk.open(), desk.open(category_id=desk.categories["020301"])
    merge(desk, member, leader)
    desk.dispatch(leader)
    desk.move(leader, "sign", "tanxue")
    desk.answer(leader)
    share(desk, leader)
    desk.move(member, "evaluate", PERSON, solved=False, satisfied=1)
    assert desk.stage(member) == "to-dispatch"


def test_who_is_unmerged_goes_its_own_way_with_its_own_clock(desk):
    leader, member = desk.open(), desk.open()
    merge(desk, member, leader)
    desk.later(days=1).move(member, "unmerge", "hemin", reason="不是一处")
    assert (desk.stage(member), desk.case(member).group, desk.case(leader).members) == (
        "to-dispatch",
        None,
        0,
    )
    assert desk.clock(member, "dispatch").started_at == desk.now


@pytest.mark.parametrize("ending", ["withdraw", "answered"])
def test_when_the_leader_ends_without_an_answer_its_members_are_let_go(desk, ending):
    leader, member = desk.open(), desk.open()
    merge(desk, member, leader)
    if ending == "withdraw":
        desk.move(leader, "withdraw", PERSON, reason="不反映了")
        jobs.free_members("case-moved", Outbox.objects.filter(body__number=leader).latest("id").body)
        assert desk.stage(member) == "to-dispatch"
        assert desk.case(member).group is None
        assert free_members(leader, desk.now) == 0
    else:
        desk.move(leader, "show_way", "linxiao", way="litigation", reply="请走诉讼")
        assert share(desk, leader) == 1


def test_a_member_that_withdrew_is_not_answered(desk):
    leader, member = desk.open(), desk.open()
    merge(desk, member, leader)
    desk.move(member, "withdraw", PERSON, reason="好了")
    desk.move(leader, "answer_at_once", "linxiao", reply="来水了")
    assert share(desk, leader) == 0
    assert desk.stage(member) == "withdrawn"
