"""What an analyst does with issues: names, merges, splits, dismisses, and takes each of these back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from huiyin.insight.journalling import note_issue
from huiyin.insight.models import Issue, Member
from huiyin.insight.reading import refuse_missing
from huiyin.insight.values import LIVE
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean, shorten
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand

LONGEST = 60


@transaction.atomic
def name_issue(issue_id: int, title: str, *, by: AccountInHand, now: datetime) -> None:
    """Give the issue a name, which later looks keep. Refuses an empty one."""
    issue = _hold(issue_id)
    name = shorten(clean(title), LONGEST)
    if not name:
        raise Refusal("title-missing", Words("请写一个名称。", "Write a name."), field="title")
    was, issue.title, issue.state = issue.title, name, "named"
    _save(issue, now)
    note_issue("issue-named", issue.pk, by, now, title=[was, name])


@transaction.atomic
def merge_issues(issue_id: int, into_id: int, *, by: AccountInHand, now: datetime) -> None:
    """Let every member go over to another live issue; later arrivals of this one go there too."""
    if issue_id == into_id:
        raise Refusal(
            "same-issue", Words("不能并入它自己。", "An issue cannot be merged into itself."), field="into"
        )
    into = _hold(into_id)
    issue = _hold(issue_id)
    moved = Member.objects.filter(issue=issue).update(issue=into, came_from=issue)
    Issue.objects.filter(into=issue).update(into=into, changed_at=now)
    issue.state, issue.into = "merged", into
    into.first_at, into.last_at = min(into.first_at, issue.first_at), max(into.last_at, issue.last_at)
    into.score = max(into.score, issue.score)
    _save(issue, now)
    _save(into, now)
    note_issue("issue-merged", issue.pk, by, now, into=into.pk, title=into.title, cases=moved)
    note_issue("issue-took-in", into.pk, by, now, issue=issue.pk, title=issue.title, cases=moved)


@transaction.atomic
def split_issue(
    issue_id: int, case_ids: Sequence[int], title: str, *, by: AccountInHand, now: datetime
) -> int:
    """Take chosen members out into an issue of their own, which has the name given; its id."""
    issue = _hold(issue_id)
    chosen = list(Member.objects.filter(issue=issue, case_id__in=case_ids).select_related("case"))
    if not chosen:
        raise Refusal(
            "nothing-chosen", Words("请先勾选要分出的工单。", "Tick the cases to split off."), field="pick"
        )
    if len(chosen) == Member.objects.filter(issue=issue).count():
        words = Words("不能把全部工单都分出去。请至少留一件，或改名。", "At least one case must stay.")
        raise Refusal("nothing-left", words, field="pick")
    times = sorted(member.case.opened_at for member in chosen)
    name = shorten(clean(title), LONGEST) or shorten(chosen[0].case.title, LONGEST)
    new = Issue.objects.create(
        title=name, state="named", score=issue.score * len(chosen) // (len(chosen) + 10), first_at=times[0],
        last_at=times[-1], township_id=issue.township_id, category_id=issue.category_id, split_from=issue,
        made_at=now, changed_at=now,
    )  # fmt: skip
    Member.objects.filter(pk__in=[member.pk for member in chosen]).update(
        issue=new, by_hand=True, joined_at=now
    )
    _save(issue, now)
    note_issue("issue-split", issue.pk, by, now, off=new.pk, title=name, cases=len(chosen))
    note_issue("issue-split-off", new.pk, by, now, issue=issue.pk, cases=len(chosen))
    return new.pk


@transaction.atomic
def dismiss_issue(issue_id: int, reason: str, *, by: AccountInHand, now: datetime) -> None:
    """Say, with a reason, that this is no hot issue: it leaves the list, and the same is not found again."""
    issue = _hold(issue_id)
    told = clean(reason)[:500]
    if not told:
        raise Refusal("reason-missing", Words("请写明理由。", "Write the reason."), field="reason")
    issue.state, issue.reason = "dismissed", told
    _save(issue, now)
    note_issue("issue-dismissed", issue.pk, by, now, reason=told)


@transaction.atomic
def restore_issue(issue_id: int, *, by: AccountInHand, now: datetime) -> None:
    """Take back a dismissal, a merger or a split; the title stays. Refuses when there is none."""
    issue = Issue.objects.select_for_update().filter(pk=issue_id).first()
    if issue is None:
        raise refuse_missing()
    if issue.state == "dismissed":
        issue.state, issue.reason = "named", ""
    elif issue.state == "merged":
        Member.objects.filter(came_from=issue).update(issue=issue, came_from=None)
        issue.state, issue.into = "named", None
    elif issue.split_from_id is not None:
        home = _hold(issue.split_from_id)
        Member.objects.filter(issue=issue).update(issue=home)
        issue.state, issue.into, issue.split_from = "merged", home, None
    else:
        raise Refusal("nothing-to-undo", Words("没有可以撤销的操作。", "There is nothing to take back."))
    _save(issue, now)
    note_issue("issue-restored", issue.pk, by, now, state=issue.state)


def _hold(issue_id: int) -> Issue:
    """A live issue, locked; refused when there is none, or it is no longer live."""
    issue = Issue.objects.select_for_update().filter(pk=issue_id).first()
    if issue is None:
        raise refuse_missing()
    if issue.state not in LIVE:
        words = Words(
            "这个热点已经被并入或排除。请先撤销，再操作。", "It was merged or dismissed. Undo that first."
        )
        raise Refusal("issue-not-live", words)
    return issue


def _save(issue: Issue, now: datetime) -> None:
    issue.changed_at = now
    issue.save()
