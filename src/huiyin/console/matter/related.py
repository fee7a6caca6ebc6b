"""What a case has to do with others: the hot issue it is about, earlier cases that say the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.http import HttpRequest

from huiyin.cases.api import KNOWS_SOURCES, CaseView, Repeat, list_repeats
from huiyin.console.menu import SEES_ISSUES
from huiyin.insight.api import IssueOf, find_issue_of
from huiyin.kernel.words import Words
from huiyin.pages.api import local
from huiyin.people.api import get_account_of

GUARD = "answered-before"
REMEDY = Words(
    "有新的事实或理由，可以补充后再反映；对答复不服的，可以依法申请行政复议、提起行政诉讼或者信访复查。"
)


@dataclass(frozen=True, slots=True)
class Related:
    """Both; `times` counts this case among the repeats, `answered` those that have an answer."""

    issue: IssueOf | None = None
    repeats: Sequence[Repeat] = ()

    @property
    def times(self) -> int:
        """The how-manieth time it is."""
        return len(self.repeats) + 1

    @property
    def answered(self) -> int:
        """How many of the earlier ones were answered."""
        return sum(repeat.answered for repeat in self.repeats)


def find_related(request: HttpRequest, view: CaseView) -> Related:
    """Beside an open case: the issue for those who see issues, repeats while it may be refused."""
    case, roles = view.case, get_account_of(request).roles
    sees = case.closed_at is None and bool(roles & SEES_ISSUES)
    issue = find_issue_of(case.pk) if sees else None
    waits = any(GUARD in move.needs and case.stage in move.sources for move in view.process.moves.values())
    knows = case.person_id is not None and bool(roles & KNOWS_SOURCES)
    return Related(issue, tuple(list_repeats(case.pk)) if waits and knows else ())


def hide_idle(view: CaseView, related: Related) -> CaseView:
    """The view without the moves that only an answered repeat allows, when this case is none."""
    if related.answered:
        return view
    return replace(view, moves=[move for move in view.moves if GUARD not in move.needs])


def write_reply(case_id: int, title: str) -> str:
    """The words that tell a person why a repeat is not taken on: they cite the last answer."""
    last = next((repeat for repeat in list_repeats(case_id) if repeat.answered), None)
    if last is None:
        return ""
    on = f"{local(last.answered_at):%Y年%m月%d日}" if last.answered_at else ""
    return (
        f"您反映的“{title}”，与此前的 {last.number} 是同一件事，经核对，"
        f"已于{on}核实处理并答复您：“{last.answer.rstrip('。')}。”"
        "这次没有提出新的事实和理由，依据国办函〔2025〕66号关于重复诉求的规定，不再重复受理，特此书面告知。"
        "有疑问请拨打 12345。"
    )
