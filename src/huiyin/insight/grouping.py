"""Makes one group of an issue's cases: one leads, the others are merged into it and get its answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import F
from django.utils import timezone

from huiyin.appeals.api import IdentityMode, NewAppeal, report
from huiyin.cases.api import Acting, Case, make_acting, move_case
from huiyin.insight.journalling import note_issue
from huiyin.insight.models import Grouping, Issue
from huiyin.insight.reading import list_members, refuse_missing
from huiyin.insight.values import LIVE, MemberRow
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand, take_in_hand

QUICK = 20
"""As many are merged while somebody waits; more of them by a job."""
NEW = "new"
"""Stands for a lead case that is yet to be opened."""


def choose_lead(members: Sequence[MemberRow]) -> MemberRow | None:
    """Of those that can lead: one that leads already, else one in a unit's hands, else the oldest."""
    able = [one for one in members if may_lead(one)]
    return min(able, key=lambda one: (-one.members, not one.lead.zh, one.opened_at, one.id), default=None)


def may_lead(member: MemberRow) -> bool:
    """Whether others can still be merged into the case: it is neither answered nor merged itself."""
    return member.closed_at is None and member.answered_at is None and member.group_number is None


def list_joinable(members: Sequence[MemberRow], lead_number: str) -> list[MemberRow]:
    """The members that can be merged now into the one of that number."""
    return [one for one in members if not one.blocked.zh and one.number != lead_number]


def start_grouping(issue_id: int, lead: str, *, by: AccountInHand, now: datetime) -> Grouping:
    """Note who wants the members merged into the case `lead` (`NEW` opens one). `carry_out` merges them.

    Refuses an issue that is not live, a lead that is no member or cannot lead, and nothing to merge.
    """
    issue = Issue.objects.filter(pk=issue_id, state__in=LIVE).select_related("lead_case").first()
    if issue is None:
        raise refuse_missing()
    members = list_members(issue_id)
    joinable = list_joinable(members, lead)
    if not joinable:
        words = Words("没有可以并案的工单。", "There is no case that can be merged now.")
        raise Refusal("nothing-to-merge", words, field="lead")
    case = _open_lead(issue, members, by, now) if lead == NEW else _get_lead(issue, members, lead)
    issue.lead_case, issue.changed_at = case, now
    issue.save()
    grouping = Grouping.objects.create(
        issue=issue, lead_case=case, account_id=by.id, started_at=now, total=len(joinable)
    )
    note_issue("issue-grouped", issue.pk, by, now, lead=case.number, cases=len(joinable))
    return grouping


def _get_lead(issue: Issue, members: Sequence[MemberRow], number: str) -> Case:
    chosen = next((one for one in members if one.number == number and may_lead(one)), None)
    if chosen is not None:
        return Case.objects.get(pk=chosen.id)
    own = issue.lead_case
    if own is not None and own.number == number and own.answered_at is None and own.closed_at is None:
        return own
    words = Words(
        "这件不能牵头：已答复、办结或并入别的工单。请另选一件。", "This case cannot lead. Choose another."
    )
    raise Refusal("cannot-lead", words, field="lead")


def _open_lead(issue: Issue, members: Sequence[MemberRow], by: AccountInHand, now: datetime) -> Case:
    """A case of the centre's own about the whole issue: it names what it stands for."""
    told = "、".join(issue.places) or issue.title
    words = (
        f"{len(members)} 件诉求反映同一问题：{issue.title}（{told}）。"
        f"牵头办理，办结后逐一答复每位诉求人。相关工单：{'、'.join(one.number for one in members[:30])}"
    )
    first = Case.objects.get(pk=members[0].id)
    new = NewAppeal(
        process="hotline", channel=first.channel_id, words=words, title=issue.title, opened_at=now,
        identity=IdentityMode.ANONYMOUS, category_id=issue.category_id, area_id=issue.township_id,
        source_key=f"issue:{issue.pk}:{now.timestamp():.0f}",
    )  # fmt: skip
    return Case.objects.get(pk=report(new, make_acting(by)).case_id)


def carry_out(grouping_id: int, now: datetime) -> Grouping:
    """Merge the members one by one, each in its own transaction; what is refused is kept with its reason.

    Done twice it merges nobody twice.
    """
    grouping = Grouping.objects.select_related("lead_case").get(pk=grouping_id)
    by = take_in_hand(grouping.account_id, timezone.localdate(now))
    lead = grouping.lead_case.number
    for member in list_joinable(list_members(grouping.issue_id), lead):
        refusal = _merge(member, lead, make_acting(by), now) if by else _GONE
        if refusal is None:
            Grouping.objects.filter(pk=grouping.pk).update(done=F("done") + 1)
            continue
        grouping.refused.append([member.number, refusal.zh, refusal.en])
        Grouping.objects.filter(pk=grouping.pk).update(refused=grouping.refused)
    Grouping.objects.filter(pk=grouping.pk).update(ended_at=now)
    grouping.refresh_from_db()
    return grouping


_GONE = Words("发起人已不在岗。", "Whoever asked for it holds no post any more.")


def _merge(member: MemberRow, lead: str, acting: Acting, now: datetime) -> Words | None:
    try:
        move_case(member.number, "merge", {"into": lead}, acting, now)
    except Refusal as refusal:
        return refusal.words
    return None


def find_grouping(issue_id: int) -> Grouping | None:
    """The newest grouping of an issue."""
    return Grouping.objects.filter(issue_id=issue_id).select_related("lead_case").order_by("-id").first()
