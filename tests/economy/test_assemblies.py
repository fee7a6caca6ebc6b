"""Meetings on the books of the village: called, attended, closed by another person, demanded by gates."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from huiyin.economy.assemblies.api import (
    Attendance,
    NewItem,
    NewMeeting,
    Resolution,
    Seat,
    Tally,
    call_meeting,
    close_meeting,
    demand_resolution,
    enter_attendance,
    enter_votes,
    list_entitled,
)
from huiyin.economy.members.api import Household, Member, MemberIdentity, NewMember, make_member
from huiyin.economy.postings.api import Posting
from huiyin.journal.api import list_entries
from huiyin.kernel.refusals import Refusal

NOW = timezone.now()
TODAY = timezone.localdate(NOW)
THEN = NOW + timedelta(days=10)


@pytest.fixture
def roster(village):
    """Three households of three: two of age, one child; and somebody who is no member."""
    households = Household.objects.bulk_create(Household(organisation=village, number=at) for at in (1, 2, 3))
    rows = []
    for at in range(9):
        born = date(2015, 1, 1) if at % 3 == 2 else date(1980, 1, 1)
        new = NewMember(
            households[at // 3].pk, at + 1, MemberIdentity("陈春生", f"99900119800101{at:04d}"), "male", born,
            standing="confirmed",
        )  # fmt: skip
        rows.append(make_member(village.pk, new))
    rows.append(
        make_member(
            village.pk,
            NewMember(
                households[0].pk, 10, MemberIdentity("外人", "9990011980010199"), "male", date(1980, 1, 1)
            ),
        )
    )
    return Member.objects.bulk_create(rows)


@pytest.fixture
def meeting(village, officer, roster):
    new = NewMeeting(
        "assembly", "2026年度成员大会", TODAY + timedelta(days=10), "村文化礼堂",
        (
            NewItem("distribution", "2025年度收益分配方案", "plan:1"),
            NewItem("charter", "修改章程", "charter:2"),
        ),
    )  # fmt: skip
    return call_meeting(village, new, officer("director"), NOW)


def hold(village, officer, meeting, came, agreed):
    entitled = list_entitled(meeting)
    enter_attendance(village, meeting.pk, [Seat(m.pk) for m in entitled[:came]], officer("bookkeeper"), THEN)
    items = list(meeting.resolutions.order_by("id"))
    votes = {items[0].pk: Tally(agreed), items[1].pk: Tally(1, against=came - 1)}
    enter_votes(village, meeting.pk, votes, ("理事长", "按议程逐项表决。"), officer("bookkeeper"), THEN)


def test_a_call_hangs_on_the_villages_page_and_the_attendance_counts_members_of_age(
    village, officer, meeting, roster
):
    posting = Posting.objects.get(subject=f"meeting:{meeting.pk}")
    assert [line.cells["title"] for line in posting.lines.order_by("at")] == [
        "2025年度收益分配方案",
        "修改章程",
    ]
    assert {member.pk for member in list_entitled(meeting)} == {roster[at].pk for at in (0, 1, 3, 4, 6, 7)}
    with pytest.raises(Refusal) as refused:
        enter_attendance(village, meeting.pk, [Seat(roster[2].pk)], officer("bookkeeper"), THEN)
    assert refused.value.code == "not-entitled"


def test_what_two_thirds_of_all_agreed_to_stands_and_the_rest_is_refused_with_its_sum(
    village, officer, meeting
):
    hold(village, officer, meeting, came=5, agreed=4)
    close_meeting(village, meeting.pk, officer("overseer"), THEN)
    assert demand_resolution(village.pk, "plan:1", THEN).agreed == 4
    with pytest.raises(Refusal) as refused:
        demand_resolution(village.pk, "charter:2", THEN)
    assert refused.value.code == "resolution-invalid"
    assert "1/4" in refused.value.words.zh
    assert refused.value.rule == "农村集体经济组织法 第27条"
    assert [entry.verb for entry in list_entries(f"organisation:{village.code}")][-1] == "close-meeting"
    assert Posting.objects.filter(subject=f"meeting:{meeting.pk}", turn=2).exists()


def test_three_of_six_make_no_assembly_however_they_vote(village, officer, meeting):
    hold(village, officer, meeting, came=3, agreed=3)
    close_meeting(village, meeting.pk, officer("overseer"), THEN)
    with pytest.raises(Refusal) as refused:
        demand_resolution(village.pk, "plan:1", THEN)
    assert "到会人数 3/4" in refused.value.words.zh


def test_before_its_meeting_nothing_is_resolved(village, officer, meeting):
    with pytest.raises(Refusal) as refused:
        demand_resolution(village.pk, "plan:1", NOW)
    assert refused.value.code == "not-resolved"
    with pytest.raises(Refusal) as refused:
        enter_attendance(village, meeting.pk, [], officer("bookkeeper"), NOW)
    assert refused.value.code == "not-held-yet"


def test_whoever_entered_the_votes_does_not_close_and_closed_is_closed(village, officer, meeting):
    hold(village, officer, meeting, came=5, agreed=4)
    with pytest.raises(Refusal) as refused:
        close_meeting(village, meeting.pk, officer("bookkeeper"), THEN)
    assert refused.value.code == "same-person"
    close_meeting(village, meeting.pk, officer("director"), THEN)
    with pytest.raises(Refusal) as refused:
        enter_votes(village, meeting.pk, {}, ("", ""), officer("bookkeeper"), THEN)
    assert refused.value.code == "meeting-closed"


def test_a_meeting_called_too_late_is_not_called(village, officer):
    new = NewMeeting("assembly", "临时会", TODAY + timedelta(days=9), "村部", (NewItem("other", "修路"),))
    with pytest.raises(Refusal) as refused:
        call_meeting(village, new, officer("director"), NOW)
    assert refused.value.rule == "农村集体经济组织法 第27条"
    with pytest.raises(Refusal) as refused:
        call_meeting(village, new, officer("cashier"), NOW)
    assert refused.value.code == "not-your-duty"


def test_the_database_itself_keeps_no_unwritten_proxy(meeting, roster):
    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.create(meeting=meeting, member=roster[0], how="proxy", proxy=roster[1])
    with pytest.raises(IntegrityError), transaction.atomic():
        Resolution.objects.create(meeting=meeting, matter="other", title="x", agreed=-1)
