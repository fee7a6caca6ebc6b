"""What pages of issues say: states, history, the spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from huiyin.insight.api import STATES, IssueRow, MemberRow
from huiyin.journal.api import list_entries
from huiyin.kernel.words import Words
from huiyin.pages.api import Badge, Column, make_badge

TONES = {
    "open": ("amber", "ring"),
    "named": ("blue", "dot"),
    "dismissed": ("grey", "none"),
    "merged": ("violet", "half"),
}
DONE = {
    "named": Words("已改名。", "The issue has its name."),
    "merged": Words("已并入这个热点，原热点可撤销并入。", "Merged into this issue; it can be undone there."),
    "split": Words("已分出一个新热点。", "A new issue was split off."),
    "dismissed": Words("已排除，可随时撤销。", "Dismissed; it can be undone."),
    "restored": Words("已撤销。", "Taken back."),
    "grouped": Words("并案已提交。", "The cases are being merged."),
    "run": Words("后台开始聚类，做完后列表会更新。", "The look has begun; the list follows."),
}
_VERBS = {
    "issue-found": Words("聚类发现", "Found"),
    "issue-named": Words("定名", "Named"),
    "issue-merged": Words("并入其他热点", "Merged into another"),
    "issue-took-in": Words("并进一个热点", "Took another in"),
    "issue-split": Words("分出一个热点", "Split"),
    "issue-split-off": Words("从其他热点分出", "Split off from another"),
    "issue-dismissed": Words("排除", "Dismissed"),
    "issue-restored": Words("撤销", "Undone"),
    "issue-grouped": Words("并案办理", "Grouped"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One line of an issue's history."""

    at: datetime
    actor: str
    what: Words
    detail: str


def tell_state(row: IssueRow) -> tuple[str, str, Words]:
    """Tone, shape and words of the tag."""
    return (*TONES[row.state], STATES[row.state])


def list_history(issue_id: int) -> list[Told]:
    """What happened to the issue, newest first."""
    entries = reversed(list_entries(f"issue:{issue_id}"))
    return [
        Told(entry.at, entry.actor, _VERBS.get(entry.verb, Words(entry.verb)), _tell_body(entry.body))
        for entry in entries
    ]


def _tell_body(body: dict[str, Any]) -> str:
    title = body.get("title", "")
    told = [
        " → ".join(title) if isinstance(title, list) else str(title),
        str(body.get("reason", "")),
        str(body.get("lead", "")),
    ]
    if body.get("cases"):
        told.append(f"×{body['cases']}")
    return " · ".join(part for part in told if part)


def badge_of(member: MemberRow, now: datetime) -> Badge:
    """The time that a member has left."""
    paused = member.paused_at is not None
    return make_badge(member.due_at, member.due_from, None, paused, member.closed_at, now)


_HEADINGS = (
    ("排名", "Rank", 8), ("热点", "Issue", 44), ("状态", "State", 12), ("热度", "Heat", 10),
    ("本期件数", "Cases", 10), ("上期件数", "Before", 10), ("人数", "People", 10), ("催办", "Hurries", 10),
    ("在办", "Open", 10), ("超时", "Overdue", 10), ("已答复", "Answered", 10), ("地点", "Places", 30),
    ("关键词", "Keywords", 40), ("乡镇街道", "Township", 14), ("类别", "Category", 16), ("最早", "First", 18),
    ("最近", "Latest", 18), ("牵头工单", "Lead case", 18),
)  # fmt: skip
COLUMNS = [Column(Words(zh, en), width) for zh, en, width in _HEADINGS]


def as_lines(rows: Sequence[IssueRow]) -> Iterator[list[Any]]:
    """The list as rows of a spreadsheet."""
    for rank, row in enumerate(rows, start=1):
        counts = [row.size, row.earlier, row.people, row.votes, row.open, row.overdue, row.answered]
        named = ["、".join(row.places), "、".join(row.keywords), row.area, row.category]
        times = [row.first_at, row.last_at, row.lead_number]
        yield [rank, row.title, STATES[row.state], row.score, *counts, *named, *times]
