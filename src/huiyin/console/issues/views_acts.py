"""What an analyst does with issues: each act answers 303, or the page again with the reason why not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from huiyin.console.issues.asking import read_asked
from huiyin.console.issues.views import show_issue, show_list
from huiyin.console.menu import CHANGES_ISSUES
from huiyin.insight.api import (
    ask_grouping,
    ask_run,
    dismiss_issue,
    merge_issues,
    name_issue,
    restore_issue,
    split_issue,
)
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import read_number
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand, get_account_of, open_to

Act = Callable[[HttpRequest, int, AccountInHand, datetime], tuple[int, str]]
ROLES = tuple(sorted(CHANGES_ISSUES))


@open_to(*ROLES)
@require_POST
def run(request: HttpRequest) -> HttpResponse:
    """Have the cases of the period looked through by a job."""
    asked = read_asked(request.POST.dict(), timezone.localdate())
    try:
        ask_run(
            asked.sought.since,
            asked.sought.until,
            asked.township_id,
            by=get_account_of(request),
            now=timezone.now(),
        )
    except Refusal as refusal:
        return show_list(request, refusal)
    return _see_other(f"{reverse('console:issues')}{asked.address(done='run')}")


@open_to(*ROLES)
@require_POST
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Name, merge, split, dismiss, take back, or make a group, as the button says."""
    make = ACTS.get(request.POST.get("act", ""), _refuse_act)
    try:
        leads_to, done = make(request, pk, get_account_of(request), timezone.now())
    except Refusal as refusal:
        if refusal.code == "issue-not-found":
            raise
        return show_issue(request, pk, refusal)
    return _see_other(f"{reverse('console:issue', args=[leads_to])}?done={done}")


def _refuse_act(_request: HttpRequest, _pk: int, _by: AccountInHand, _now: datetime) -> tuple[int, str]:
    raise Refusal("no-such-act", Words("没有这个操作。", "There is no such act."))


def _see_other(address: str) -> HttpResponse:
    answer = HttpResponseRedirect(address)
    answer.status_code = 303
    return answer


def _name(request: HttpRequest, pk: int, by: AccountInHand, now: datetime) -> tuple[int, str]:
    name_issue(pk, request.POST.get("title", ""), by=by, now=now)
    return pk, "named"


def _merge(request: HttpRequest, pk: int, by: AccountInHand, now: datetime) -> tuple[int, str]:
    into = read_number(request.POST.get("into", ""))
    if into is None:
        words = Words("请选择要并入的热点。", "Choose the issue to merge into.")
        raise Refusal("into-missing", words, field="into")
    merge_issues(pk, into, by=by, now=now)
    return into, "merged"


def _split(request: HttpRequest, pk: int, by: AccountInHand, now: datetime) -> tuple[int, str]:
    picked = [number for text in request.POST.getlist("pick") if (number := read_number(text)) is not None]
    return split_issue(pk, picked, request.POST.get("split_title", ""), by=by, now=now), "split"


def _dismiss(request: HttpRequest, pk: int, by: AccountInHand, now: datetime) -> tuple[int, str]:
    dismiss_issue(pk, request.POST.get("reason", ""), by=by, now=now)
    return pk, "dismissed"


def _restore(_request: HttpRequest, pk: int, by: AccountInHand, now: datetime) -> tuple[int, str]:
    restore_issue(pk, by=by, now=now)
    return pk, "restored"


def _group(request: HttpRequest, pk: int, by: AccountInHand, now: datetime) -> tuple[int, str]:
    ask_grouping(pk, request.POST.get("lead", ""), by=by, now=now)
    return pk, "grouped"


ACTS: dict[str, Act] = {
    "name": _name,
    "merge": _merge,
    "split": _split,
    "dismiss": _dismiss,
    "restore": _restore,
    "group": _group,
}
