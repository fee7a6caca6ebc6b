"""Lists issues and their members, and finds the issue of a case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from huiyin.cases.api import get_process
from huiyin.insight import store
from huiyin.insight.models import Issue, Run
from huiyin.insight.values import LIVE, IssueOf, IssueRow, MemberRow, Sought
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.process.api import Process

FREE = Words("")


def list_issues(sought: Sought, now: datetime) -> list[IssueRow]:
    """The issues of which the period has cases, in the order asked for; one statement."""
    rows = [_make_row(row) for row in store.fetch("list_issues", _ask(sought, None, now))]
    key = _KEYS.get(sought.order, _KEYS["score"])
    return sorted(rows, key=lambda row: (-key(row), -row.score, row.id))


_KEYS: dict[str, Callable[[IssueRow], float]] = {
    "score": lambda row: row.score,
    "size": lambda row: row.size,
    "growth": lambda row: row.growth,
    "people": lambda row: row.people,
    "overdue": lambda row: row.overdue,
    "latest": lambda row: row.last_at.timestamp(),
}


def get_issue(issue_id: int, sought: Sought, now: datetime) -> IssueRow:
    """One issue, in any state, with the numbers of the period; refused when there is none."""
    rows = store.fetch("list_issues", _ask(sought, issue_id, now))
    if not rows:
        raise refuse_missing()
    return _make_row(rows[0])


def refuse_missing() -> Refusal:
    """There is no such issue."""
    return Refusal("issue-not-found", Words("没有这个热点。", "There is no such issue."))


def _ask(sought: Sought, issue_id: int | None, now: datetime) -> dict[str, Any]:
    return {
        "issue_id": issue_id,
        "since": sought.since,
        "until": sought.until,
        "before": sought.before,
        "township_id": None if issue_id else sought.township_id,
        "category_id": None if issue_id else sought.category_id,
        "states": list(sought.states),
        "now": now,
    }


def _make_row(row: tuple[Any, ...]) -> IssueRow:
    id_, title, state, score, first_at, last_at, places, keywords, reason, *rest = row
    area, area_en, category, category_en, lead_number, into_title, split, *numbers = rest
    named = [store.load_json(places), store.load_json(keywords)]
    told = [Words(area or "", area_en or ""), Words(category or "", category_en or "")]
    return IssueRow(  # type: ignore[call-arg]  # the numbers come as the statement has them
        id_,
        title,
        state,
        score,
        first_at,
        last_at,
        *named,
        reason,
        *told,
        lead_number,
        into_title,
        split,
        *numbers,
    )


def list_members(issue_id: int) -> list[MemberRow]:
    """The cases of an issue, newest first."""
    return [_make_member(row) for row in store.fetch("list_members", {"issue_id": issue_id})]


def _make_member(row: tuple[Any, ...]) -> MemberRow:
    id_, number, title, process_key, version, stage, kind, *rest = row
    opened, due, due_from, paused, closed, answered, hurries, members, group, *named = rest
    lead, lead_en, area, area_en, joined, by_hand = named
    process = get_process(process_key, version)
    told, unit = process.get_stage(stage).title, Words(lead or "", lead_en or "")
    done = closed is not None or answered is not None
    return MemberRow(
        id_, number, title, told, kind, opened, due, due_from, paused, closed, answered, hurries, members,
        group, unit, Words(area or "", area_en or ""), joined, by_hand,
        _tell_block(process, stage, group, unit, done=done),
    )  # fmt: skip


def _tell_block(process: Process, stage: str, group: str | None, unit: Words, *, done: bool) -> Words:
    """Why a case cannot be merged now."""
    if group:
        return Words("已并入 {number}", "Merged into {number}").fill(number=group)
    if done:
        return Words("已答复或办结", "Answered or closed")
    merge, told = process.moves.get("merge"), process.get_stage(stage).title
    if merge is not None and stage in merge.sources:
        return FREE
    if unit.zh:
        return Words("已派给{unit}，{stage}", "With {unit}: {stage}").fill(unit=unit, stage=told)
    return Words("现在处于“{stage}”", "It is at “{stage}”").fill(stage=told)


def find_issue_of(case_id: int) -> IssueOf | None:
    """The live issue that the case is about; one statement."""
    rows = store.fetch("find_issue", {"case_id": case_id})
    return IssueOf(*rows[0]) if rows else None


def list_live() -> list[tuple[int, str]]:
    """Every live issue by id and title, the hottest first: to be chosen from."""
    return list(
        Issue.objects.filter(state__in=LIVE).order_by("-score", "id").values_list("id", "title")[:300]
    )


def find_last_run() -> Run | None:
    """The newest look for issues."""
    return Run.objects.select_related("township").order_by("-id").first()
