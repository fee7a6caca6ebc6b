"""Rounds of confirmation and appeals as cases: sorted, reviewed, resolved on, posted, confirmed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from huiyin.cases.api import PERSON, Case, make_acting, move_case
from huiyin.economy.assemblies.api import (
    NewItem,
    NewMeeting,
    Resolution,
    Seat,
    Tally,
    call_meeting,
    close_meeting,
    enter_attendance,
    enter_votes,
    list_entitled,
    list_waiting,
)
from huiyin.economy.members.api import Household, Member, MemberIdentity, NewMember, make_member
from huiyin.economy.membership.api import (
    NewAppeal,
    Sorting,
    file_appeal,
    get_round,
    list_entries_of,
    name_subject,
    open_rounds,
    sort_entries,
)
from huiyin.economy.postings.api import Posting
from huiyin.kernel.refusals import Refusal

NOW = timezone.now()
TODAY = timezone.localdate(NOW)


def day(days):
    return NOW + timedelta(days=days)


@pytest.fixture
def people(village):
    """Six members in two households, a newborn, a bride, a special case, a woman who was struck off."""
    homes = Household.objects.bulk_create(Household(organisation=village, number=at) for at in (1, 2))

    def make(at, standing, born=date(1980, 1, 1), sex="male"):
        identity = MemberIdentity(f"陈{at}", f"999001{born:%Y%m%d}{at:04d}")
        return make_member(
            village.pk, NewMember(homes[at % 2].pk, at, identity, sex, born, standing=standing)
        )

    rows = [make(at, "confirmed") for at in range(1, 7)]
    rows += [make(7, "candidate", date(2026, 1, 5)), make(8, "candidate", sex="female")]
    rows += [make(9, "candidate"), make(10, "lost", sex="female")]
    return {member.number: member for member in Member.objects.bulk_create(rows)}


@pytest.fixture
def move(officer):
    """`move(number, "submit", "bookkeeper", day, …)`: somebody of that role moves a case."""

    def act(number, name, role, at=NOW, **inputs):
        return move_case(number, name, inputs, make_acting(officer(role)), at)

    return act


@pytest.fixture
def number(village, officer, people, move):
    """A round whose people are all classed and which the two committees have agreed to."""
    one = open_rounds([village], "2026年成员认定", TODAY, make_acting(officer("bookkeeper")), NOW)[0]
    number = Case.objects.get(pk=one.pk).number
    at = {entry.member.number: entry.pk for entry in one.entries.select_related("member")}
    given = {
        at[7]: Sorting("birth", "confirm", "出生医学证明"),
        at[8]: Sorting("marriage", "confirm", "结婚证、迁入"),
        at[9]: Sorting("other", "special", "", "回乡创业，户籍在村"),
    }
    sort_entries(number, given, officer("bookkeeper"), NOW)
    move(number, "submit", "bookkeeper", reason="登记完毕")
    move(number, "agree", "director", note="两委会议通过")
    return number


def hold(village, officer, items, votes, came=6):
    new = NewMeeting("assembly", "成员大会", TODAY + timedelta(days=10), "村部", tuple(items))
    meeting = call_meeting(village, new, officer("director"), NOW)
    seats = [Seat(member.pk) for member in list_entitled(meeting)[:came]]
    enter_attendance(village, meeting.pk, seats, officer("bookkeeper"), day(10))
    ids = list(meeting.resolutions.order_by("id").values_list("pk", flat=True))
    tallies = {pk: Tally(agreed) for pk, agreed in zip(ids, votes, strict=True)}
    enter_votes(village, meeting.pk, tallies, ("理事长", ""), officer("bookkeeper"), day(10))
    close_meeting(village, meeting.pk, officer("overseer"), day(10))


def agenda(village):
    return [NewItem(one.matter, one.title, one.subject) for one in list_waiting(village)]


def standings(people):
    return dict(
        Member.objects.filter(pk__in=[one.pk for one in people.values()]).values_list("number", "standing")
    )


def test_a_round_goes_through_every_step_and_writes_the_standings(village, officer, people, number, move):
    hold(village, officer, agenda(village), [5, 1])
    move(number, "resolve", "bookkeeper", day(11))
    for turn, at in (("post_first", 11), ("post_second", 17), ("post_third", 23)):
        move(number, turn, "bookkeeper", day(at))
    move(number, "confirm", "director", day(29))
    move(number, "file", "rural", day(30))
    after = standings(people)
    assert (after[7], after[8], after[9], after[10]) == ("confirmed", "confirmed", "refused", "lost")
    assert Member.objects.get(pk=people[7].pk).article == "农村集体经济组织法 第12条第二款"
    lines = Posting.objects.get(subject=f"case:{number}", turn=3).lines.all()
    assert {line.cells["name"] for line in lines} == {"陈*"}


def test_no_step_is_skipped(village, officer, number, move):
    for name, role in (("post_first", "bookkeeper"), ("confirm", "director"), ("file", "rural")):
        with pytest.raises(Refusal):
            move(number, name, role, day(40))
    with pytest.raises(Refusal) as refused:
        move(number, "resolve", "bookkeeper", day(40))
    assert refused.value.code == "not-resolved"
    hold(village, officer, agenda(village), [5, 6])
    move(number, "resolve", "bookkeeper", day(11))
    move(number, "post_first", "bookkeeper", day(11))
    with pytest.raises(Refusal) as refused:
        move(number, "post_second", "bookkeeper", day(12))
    assert refused.value.code == "posting-runs"


def test_an_assembly_that_fell_short_confirms_nobody(village, officer, number, move):
    hold(village, officer, agenda(village), [3, 3])
    with pytest.raises(Refusal) as refused:
        move(number, "resolve", "bookkeeper", day(11))
    assert (refused.value.code, refused.value.rule) == ("resolution-invalid", "农村集体经济组织法 第27条")


def test_a_resolution_on_something_else_does_not_serve(village, officer, number, move):
    hold(village, officer, agenda(village), [6, 6])
    Resolution.objects.update(matter="other")
    with pytest.raises(Refusal) as refused:
        move(number, "resolve", "bookkeeper", day(11))
    assert refused.value.code == "not-resolved"


def test_sorted_anew_the_list_needs_another_resolution_and_postings(village, officer, number, move):
    hold(village, officer, agenda(village), [6, 6])
    move(number, "resolve", "bookkeeper", day(11))
    move(number, "post_first", "bookkeeper", day(11))
    move(number, "revise", "director", day(12), reason="异议成立")
    move(number, "submit", "bookkeeper", day(12), reason="重新登记")
    move(number, "agree", "director", day(12), note="两委通过")
    assert name_subject(get_round(number)) == f"case:{number}:2"
    with pytest.raises(Refusal) as refused:
        move(number, "resolve", "bookkeeper", day(13))
    assert refused.value.code == "not-resolved"


def test_nobody_is_classed_against_the_law_and_a_refusal_names_the_number(village, officer, people):
    one = open_rounds([village], "年度认定", TODAY, make_acting(officer("bookkeeper")), NOW)[0]
    entry = next(entry for entry in list_entries_of(one) if entry.member.number == 7)
    number = Case.objects.get(pk=one.pk).number
    with pytest.raises(Refusal) as refused:
        sort_entries(number, {entry.pk: Sorting("birth", "refuse", "", "超生")}, officer("bookkeeper"), NOW)
    assert refused.value.rule == "农村集体经济组织法 第12条第二款"
    assert "7 号" in refused.value.words.zh
    assert open_rounds([village], "年度认定", TODAY, make_acting(officer("bookkeeper")), NOW) == []


def test_whoever_is_a_member_of_another_collective_is_not_confirmed_here(villages, village, officer, people):
    other = next(one for one in villages if one.pk != village.pk)
    home = Household.objects.create(organisation=other, number=1)
    twin = NewMember(
        home.pk,
        1,
        MemberIdentity("陈8", "999001198001010008"),
        "female",
        date(1980, 1, 1),
        standing="confirmed",
    )
    make_member(other.pk, twin).save()
    one = open_rounds([village], "年度认定", TODAY, make_acting(officer("bookkeeper")), NOW)[0]
    entry = next(entry for entry in list_entries_of(one) if entry.member.number == 8)
    number = Case.objects.get(pk=one.pk).number
    with pytest.raises(Refusal) as refused:
        sort_entries(number, {entry.pk: Sorting("marriage", "confirm")}, officer("bookkeeper"), NOW)
    assert refused.value.rule == "农村集体经济组织法 第17条第一款第三项"
    assert other.name not in refused.value.words.zh
    with pytest.raises(IntegrityError), transaction.atomic():
        Member.objects.filter(pk=people[8].pk).update(standing="confirmed")


def test_a_woman_struck_off_for_marrying_is_restored_and_cannot_be_turned_away(officer, people, move):
    new = NewAppeal("married-out", "嫁到外村后被除名，但没有在外村取得成员身份", "外村证明")
    appeal = file_appeal(people[10], new, make_acting(officer("overseer")), NOW)
    number = Case.objects.get(pk=appeal.pk).number
    move(number, "inquire", "overseer", reason="外村书面证明其不是成员")
    move(number, "deliberate", "director", reason="法定情形，无须表决")
    with pytest.raises(Refusal) as refused:
        move(number, "dismiss", "rural", reason="村里不同意", remedy="可以申请仲裁")
    assert refused.value.rule == "农村集体经济组织法 第8条、第18条第二款"
    move(number, "uphold", "rural", reason="未取得其他成员身份，不得取消")
    move(number, "tell_upheld", "bookkeeper", reply="已恢复您的成员身份。")
    member = Member.objects.get(pk=people[10].pk)
    assert (member.standing, member.until_on, member.ground) == ("confirmed", None, "married-out")
    with pytest.raises(Refusal) as refused:
        file_appeal(member, new, make_acting(officer("overseer")), NOW)
    assert refused.value.code == "nothing-to-appeal"


def test_what_the_law_leaves_open_the_assembly_votes_on(village, officer, people, move):
    appeal = file_appeal(
        people[10], NewAppeal("other", "长期在村生产生活"), make_acting(officer("overseer")), NOW
    )
    number = Case.objects.get(pk=appeal.pk).number
    with pytest.raises(Refusal, match="appeal-open"):
        file_appeal(people[10], NewAppeal("other", "再次申请"), make_acting(officer("overseer")), NOW)
    items = agenda(village)
    move(number, "inquire", "overseer", reason="情况属实")
    with pytest.raises(Refusal, match="not-resolved"):
        move(number, "deliberate", "director", reason="议定")
    hold(village, officer, items, [2])
    move(number, "deliberate", "director", day(11), reason="大会未同意")
    with pytest.raises(Refusal, match="not-agreed"):
        move(number, "uphold", "rural", day(11), reason="恢复")
    move(number, "dismiss", "rural", day(11), reason="大会表决未通过", remedy="可以申请调解、仲裁或起诉")
    assert standings(people)[10] == "lost"


def test_somebody_appeals_by_themselves_and_one_round_opens_for_every_village(villages, officer, people):
    appeal = file_appeal(people[10], NewAppeal("married-out", "出嫁后被除名"), PERSON, NOW)
    assert Case.objects.get(pk=appeal.pk).stage == "inquiring"
    collectives = [one for one in villages if one.kind != "cooperative"]
    opened = open_rounds(collectives, "全县认定", TODAY, make_acting(officer("rural")), NOW)
    assert len(opened) == len(collectives)
    assert {one.organisation_id: one.entries.count() for one in opened}[people[1].organisation_id] == 3
