"""What is shown when a matter has been registered: its number, and the link that goes to the person."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from huiyin.appeals.api import link_of
from huiyin.cases.api import Acting, Case, get_process, may_see
from huiyin.console.doors.views_intake import DESK
from huiyin.console.frame import acting_of, show
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.api import open_to

LINK_SHOWN_FOR = timedelta(hours=24)
"""The link speaks for the person: only whoever took the matter in sees it, and only while they are at it."""

AGAIN = {"through-train": "console:visit", "stuck": "console:stuck"}


@open_to(*DESK)
@require_safe
def registered(request: HttpRequest, number: str) -> HttpResponse:
    """The receipt of a matter that the account may see, with the way to register the next one."""
    acting = acting_of(request)
    case = Case.objects.select_related("person", "group", "lead", "channel").filter(number=number).first()
    if case is None or not may_see(case, acting):
        words = Words("没有这个工单，或您无权查看。", "There is no such case, or you may not see it.")
        raise Refusal("case-not-found", words)
    again = AGAIN.get(case.process, "console:intake")
    context = {
        "case": case,
        "stage": get_process(case.process, case.process_version).get_stage(case.stage),
        "link": _find_link(request, case, acting),
        "again": reverse(again),
    }
    return show(request, "console/doors/registered.html", context, again)


def _find_link(request: HttpRequest, case: Case, acting: Acting) -> str:
    fresh = timezone.now() - case.opened_at < LINK_SHOWN_FOR
    if case.opened_by_id != acting.account_id or not fresh:
        return ""
    link = link_of(case)
    return link if link.startswith("http") else request.build_absolute_uri(link)
