"""The list of hot issues and the page of one."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huiyin.console.exporting import export_xlsx
from huiyin.console.frame import acting_of, show
from huiyin.console.issues.asking import read_asked
from huiyin.console.issues.chart import HEIGHT, WIDTH, make_course
from huiyin.console.issues.telling import COLUMNS, DONE, as_lines, badge_of, list_history, tell_state
from huiyin.console.menu import CHANGES_ISSUES, SEES_ISSUES
from huiyin.insight.api import (
    LIVE,
    NEW,
    ORDERS,
    STATES,
    choose_lead,
    find_grouping,
    find_last_run,
    get_issue,
    list_issues,
    list_joinable,
    list_live,
    list_members,
    may_lead,
)
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.pages.api import status_of
from huiyin.people.api import get_account_of, list_areas, open_to
from huiyin.register.api import list_categories

ROUTE = "console:issues"
MOST_ISSUES, MOST_MEMBERS = 100, 500
"""As many are drawn; the spreadsheet has all issues, the worklist all cases."""


@open_to(*sorted(SEES_ISSUES))
@require_safe
def issues(request: HttpRequest) -> HttpResponse:
    """The issues of a period, ranked; `?export=sheet` answers a spreadsheet."""
    return show_list(request)


def show_list(request: HttpRequest, refusal: Refusal | None = None) -> HttpResponse:
    """Draw the list; with `refusal`, why a look was not begun."""
    acting_of(request)
    now = timezone.now()
    asked = read_asked(request.GET.dict(), timezone.localdate(now))
    rows = list_issues(asked.sought, now)
    if request.GET.get("export"):
        name = f"{Words('热点', 'Hot issues').tell(get_language() or 'zh')} {asked.since}—{asked.until}"
        return export_xlsx(request, "issues", name, COLUMNS, as_lines(rows))
    context = {
        "asked": asked,
        "rows": [(row, tell_state(row)) for row in rows[:MOST_ISSUES]],
        "left_out": max(0, len(rows) - MOST_ISSUES),
        "orders": list(ORDERS.items()),
        "shown": [
            ("live", _("待研判和已定名")),
            ("dismissed", STATES["dismissed"]),
            ("merged", STATES["merged"]),
        ],
        "townships": [(str(area.pk), area.called) for area in list_areas("township")],
        "categories": [(str(one.pk), one.called) for one in list_categories(1)],
        "run": find_last_run(),
        "may_change": may_change(request),
        "refusal": refusal,
    }
    status = status_of(refusal) if refusal else 200
    return show(request, "console/issues/list.html", context, ROUTE, status, done=DONE)


def may_change(request: HttpRequest) -> bool:
    """Whether the account does more than look."""
    return bool(get_account_of(request).roles & CHANGES_ISSUES)


@open_to(*sorted(SEES_ISSUES))
@require_safe
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """One issue: its numbers, course, members, and what may be done with it."""
    return show_issue(request, pk)


def show_issue(request: HttpRequest, pk: int, refusal: Refusal | None = None) -> HttpResponse:
    """Draw the issue; with `refusal`, why something was not done."""
    acting_of(request)
    now = timezone.now()
    asked = read_asked(request.GET.dict(), timezone.localdate(now))
    row, members = get_issue(pk, asked.sought, now), list_members(pk)
    grouping = find_grouping(pk)
    context: dict[str, Any] = {
        "row": row,
        "state": tell_state(row),
        "live": row.state in LIVE,
        "asked": asked,
        "members": [(member, badge_of(member, now)) for member in members[:MOST_MEMBERS]],
        "course": make_course(members),
        "chart": (WIDTH, HEIGHT),
        "history": list_history(pk),
        "others": [(str(id_), title) for id_, title in list_live() if id_ != pk],
        "grouping": grouping,
        "may_change": may_change(request),
        "typed": request.POST.dict() if request.method == "POST" else {},
        "refusal": refusal,
        **_describe_group(row.lead_number, members),
    }
    status = status_of(refusal) if refusal else 200
    return show(request, "console/issues/issue.html", context, ROUTE, status, done=DONE)


def _describe_group(lead_number: str | None, members: Any) -> dict[str, Any]:
    """Who can lead, who can be merged, who cannot and why; how many have their answer."""
    leads = [(one.number, f"{one.number} {one.title}") for one in members if may_lead(one)]
    chosen = choose_lead(members)
    lead = lead_number or (chosen.number if chosen else NEW)
    if lead_number and lead_number not in dict(leads):
        leads.insert(0, (lead_number, lead_number))
    return {
        "leads": [*leads[:100], (NEW, _("新开一件牵头工单"))],
        "lead": lead,
        "joinable": list_joinable(members, lead),
        "blocked": [one for one in members if one.blocked.zh and one.number != lead and not one.group_number],
        "grouped": [one for one in members if one.group_number],
        "answered": sum(one.answered_at is not None for one in members),
    }
