"""Lists the hot issues of a period."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from huiyin.insight.api import LIVE, IssueRow, Sought, list_issues
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.openapi.v1.contract import Answer, Call, Operation, Reply
from huiyin.openapi.v1.seeing import titled
from huiyin.openapi.v1.shapes import Moment, Titled

USUAL = timedelta(days=30)
SEES = frozenset({"centre", "supervisor", "leader", "dispatcher", "intake", "auditor"})


class IssuesQuery(Struct, forbid_unknown_fields=True):
    """The period, thirty days by default, and in which order."""

    since: Moment | UnsetType = UNSET
    until: Moment | UnsetType = UNSET
    order: Literal["score", "size", "growth", "people", "overdue", "latest"] = "score"
    limit: Annotated[int, Meta(ge=1, le=200)] = 50


class HotIssue(Struct):
    """An issue. `size`, `people`, `hurries` are of the period, `earlier` of the one as long before it."""

    id: int
    title: str
    state: str
    score: int
    size: int
    earlier: int
    people: int
    hurries: int
    open: int
    overdue: int
    answered: int
    members: int
    places: list[str]
    keywords: list[str]
    township: Titled | None
    category: Titled | None
    lead_case: str | None
    first_at: datetime
    last_at: datetime


class HotIssues(Struct):
    """The live issues of which the period has cases."""

    issues: list[HotIssue]


def _list(call: Call) -> Reply:
    if not call.account.roles & SEES:
        raise Refusal("not-your-duty", Words("您的岗位不能看热点。", "Your post does not see hot issues."))
    query: IssuesQuery = call.query
    until = _settle(query.until, call.now)
    since = _settle(query.since, until - USUAL)
    found = list_issues(
        Sought(min(since, until), max(since, until), states=LIVE, order=query.order), call.now
    )
    return Reply(HotIssues([_tell(row) for row in found[: query.limit]]))


def _settle(moment: Any, usual: datetime) -> datetime:
    """The moment in UTC; one that lies beyond the calendar counts as the usual."""
    if moment is UNSET:
        return usual
    try:
        told: datetime = moment.astimezone(UTC)
    except OverflowError:
        return usual
    return min(max(told, datetime(1990, 1, 1, tzinfo=UTC)), datetime(2999, 12, 31, tzinfo=UTC))


def _tell(row: IssueRow) -> HotIssue:
    return HotIssue(
        id=row.id,
        title=row.title,
        state=row.state,
        score=row.score,
        size=row.size,
        earlier=row.earlier,
        people=row.people,
        hurries=row.votes,
        open=row.open,
        overdue=row.overdue,
        answered=row.answered,
        members=row.whole,
        places=list(row.places),
        keywords=list(row.keywords),
        township=titled(row.area) if row.area.zh else None,
        category=titled(row.category) if row.category.zh else None,
        lead_case=row.lead_number,
        first_at=row.first_at,
        last_at=row.last_at,
    )


OPERATIONS = (
    Operation(
        key="listHotIssues",
        method="GET",
        path="/hot-issues",
        scope="cases:read",
        group="cases",
        title=Words("热点", "Hot issues"),
        told=Words(
            "一段时间里许多人反映的事：件数、人数、增长、在办和超时、地点和关键词。",
            "What many people raised in a period: cases, people, growth, open and overdue, places, keywords.",
        ),
        run=_list,
        answers={200: Answer(Words("热点，按所要的次序", "The issues, in the order asked for"), HotIssues)},
        query=IssuesQuery,
        problems=(403,),
    ),
)
