"""Hot issues are found, kept, joined, named, merged, split, dismissed, and each of it taken back."""

from __future__ import annotations

import pytest

from huiyin.insight import api as insight
from huiyin.insight.api import Issue, Member
from huiyin.journal.api import Event, list_entries
from huiyin.kernel.refusals import Refusal

pytestmark = pytest.mark.django_db


def members_of(issue):
    return set(Member.objects.filter(issue=issue).values_list("case_id", flat=True))


def ids(cases):
    return {case.pk for case in cases}


def test_what_many_raise_becomes_one_issue_with_its_people_place_and_journal(plant, look):
    issue, *rest = look()
    assert rest == []
    assert members_of(issue) == ids(plant)
    assert "青云花园" in issue.places
    assert [entry.verb for entry in list_entries(f"issue:{issue.pk}")] == ["issue-found"]


def test_a_second_look_finds_nothing_new_and_takes_late_members_in(plant, look, say):
    (issue,) = look()
    assert look() == [issue]
    late = say("青云花园旁沥青厂晚上又冒黑烟，臭味很大。", title="青云花园沥青厂臭味", phone="13900000300")
    assert look() == [issue]
    assert members_of(issue) == ids([*plant, late])


def test_an_arrival_joins_at_once_and_something_else_does_not(plant, look, say, desk):
    (issue,) = look()
    about = say("沥青厂又排黑烟，青云花园臭得没法开窗。", title="青云花园沥青厂又冒烟", phone="13900000301")
    other = say("县医院停车场收费太贵，半小时收五块。", title="县医院停车费太贵", phone="13900000302")
    assert insight.join(about.pk, desk.now) == issue.pk
    assert insight.join(other.pk, desk.now) is None
    assert insight.find_issue_of(about.pk).size == len(plant) + 1
    assert insight.find_issue_of(other.pk) is None
    assert insight.join(about.pk, desk.now) is None, "it stays where it is"


def test_only_new_requests_ask_for_a_job_and_only_while_there_is_an_issue(plant, look, desk, monkeypatch):
    monkeypatch.setattr("huiyin.insight.hearing.timezone.now", lambda: desk.now)
    event = Event("case-opened", "case:x", {"case_id": 1, "kind": "appeal"}, desk.now)
    assert not insight.is_arrival(event)
    look()
    assert insight.is_arrival(event)
    assert not insight.is_arrival(Event("case-opened", "case:x", {"case_id": 1, "kind": "other"}, desk.now))


def test_a_name_stays_when_the_next_look_comes(plant, look, by, desk):
    (issue,) = look()
    insight.name_issue(issue.pk, "青云花园沥青厂", by=by("guoheng"), now=desk.now)
    (issue,) = look()
    assert (issue.title, issue.state) == ("青云花园沥青厂", "named")


def test_split_off_and_taken_back(plant, look, by, desk):
    (issue,) = look()
    off = insight.split_issue(issue.pk, [plant[0].pk, plant[1].pk], "夜里生产", by=by("hemin"), now=desk.now)
    assert members_of(off) == ids(plant[:2])
    assert members_of(issue) == ids(plant[2:])
    insight.restore_issue(off, by=by("hemin"), now=desk.now)
    assert members_of(issue) == ids(plant)
    assert Issue.objects.get(pk=off).state == "merged"


def test_merged_and_taken_back_with_late_members_left_where_they_joined(plant, look, say, by, desk):
    (issue,) = look()
    off = insight.split_issue(issue.pk, [case.pk for case in plant[:3]], "", by=by("hemin"), now=desk.now)
    insight.merge_issues(issue.pk, off, by=by("hemin"), now=desk.now)
    assert members_of(off) == ids(plant)
    late = say("沥青厂又排黑烟，青云花园臭得没法开窗。", title="青云花园沥青厂又冒烟", phone="13900000301")
    assert insight.join(late.pk, desk.now) == off, "what would have joined the merged one follows it"
    insight.restore_issue(issue.pk, by=by("hemin"), now=desk.now)
    assert members_of(issue) == ids(plant[3:])
    assert members_of(off) == ids([*plant[:3], late])


def test_dismissed_it_is_not_found_again_until_it_is_taken_back(plant, look, by, desk):
    (issue,) = look()
    insight.dismiss_issue(issue.pk, "已由专班处理", by=by("guoheng"), now=desk.now)
    assert look() == []
    assert insight.find_issue_of(plant[0].pk) is None
    insight.restore_issue(issue.pk, by=by("guoheng"), now=desk.now)
    assert look() == [issue]
    verbs = [entry.verb for entry in list_entries(f"issue:{issue.pk}")]
    assert verbs == ["issue-found", "issue-dismissed", "issue-restored"]


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (lambda issue, who, now: insight.name_issue(issue, "  ", by=who, now=now), "title-missing"),
        (lambda issue, who, now: insight.dismiss_issue(issue, " ", by=who, now=now), "reason-missing"),
        (lambda issue, who, now: insight.merge_issues(issue, issue, by=who, now=now), "same-issue"),
        (lambda issue, who, now: insight.merge_issues(issue, 10**9, by=who, now=now), "issue-not-found"),
        (lambda issue, who, now: insight.split_issue(issue, [], "", by=who, now=now), "nothing-chosen"),
        (lambda issue, who, now: insight.restore_issue(issue, by=who, now=now), "nothing-to-undo"),
        (lambda issue, who, now: insight.ask_grouping(issue, "HC1", by=who, now=now), "cannot-lead"),
    ],
)
def test_what_cannot_be_is_refused(plant, look, by, desk, act, code):
    (issue,) = look()
    with pytest.raises(Refusal) as caught:
        act(issue.pk, by("hemin"), desk.now)
    assert caught.value.code == code


def test_all_cannot_be_split_off(plant, look, by, desk):
    (issue,) = look()
    with pytest.raises(Refusal) as caught:
        insight.split_issue(issue.pk, [case.pk for case in plant], "", by=by("hemin"), now=desk.now)
    assert caught.value.code == "nothing-left"


def test_a_list_tells_the_period_and_the_one_before(plant, look, desk):
    look()
    sought = insight.Sought(desk.now.replace(hour=0, minute=0), desk.now.replace(hour=23))
    (row,) = insight.list_issues(sought, desk.now)
    assert (row.size, row.earlier, row.people, row.whole, row.open, row.answered) == (8, 0, 8, 8, 8, 0)
    assert insight.list_issues(insight.Sought(sought.before, sought.since), desk.now) == []
