"""Groups of cases that are one matter: which case may lead another, and how one follows and is let go."""

from __future__ import annotations

from huiyin.cases.draft import Draft
from huiyin.cases.models import Case
from huiyin.cases.values import CaseState
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words


def read_number(typed: str) -> str:
    """A case number as it was typed."""
    return clean(typed).upper()


def find_leader(case: CaseState, into: str) -> Case:
    """The leading case of the group of `into`; refused when there is none, or it cannot lead `case`."""
    leader = Case.objects.select_related("group").filter(number=read_number(into)).first()
    if leader is None:
        raise Refusal(
            "case-not-found",
            Words("没有这个编号的工单。请核对。", "There is no case of that number."),
            field="into",
        )
    leader = leader.group or leader
    if leader.pk == case.id:
        raise Refusal(
            "same-case", Words("不能并入它自己。", "A case cannot be merged into itself."), field="into"
        )
    if leader.closed_at is not None or leader.answered_at is not None:
        words = Words(
            "工单 {number} 已经答复或办结，不能再并入。", "Case {number} is answered or closed already."
        )
        raise Refusal("group-answered", words.fill(number=leader.number), field="into")
    return leader


def merge(draft: Draft) -> None:
    """Let the case follow its leader, and whoever followed the case with it."""
    case, leader = draft.case, draft.leader
    if leader is None:
        raise AssertionError("a merge finds its leader before its effects")
    draft.end_parts("superseded")
    case.lead_id = case.officer_id = None
    draft.groups.append({"id": leader.pk, "members": 1 + case.members})
    draft.regroup = case.members > 0
    case.members, case.group_id = 0, leader.pk


def unmerge(draft: Draft) -> None:
    """Let the case go its own way."""
    if draft.case.group_id is not None:
        draft.groups.append({"id": draft.case.group_id, "members": -1})
    draft.case.group_id = None
