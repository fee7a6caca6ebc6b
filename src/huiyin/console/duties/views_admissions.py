"""Proposing a duty, the list of admissions, and the centre's changes to what was proposed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.admissions.api import (
    ADD,
    CHANGEABLE,
    MOST_ROWS,
    Proposal,
    agree_changed,
    get_admission,
    list_admissions,
    propose,
    read_rows,
)
from huiyin.cases.api import get_process, get_seen_case
from huiyin.console.duties.admitting import (
    ACTS,
    PROPOSERS,
    Typed,
    begin_row,
    describe_row,
    list_form_choices,
    make_row,
    may_propose,
    read_typed,
)
from huiyin.console.frame import acting_of, show
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import read_number
from huiyin.kernel.words import Words
from huiyin.pages.api import status_of_form
from huiyin.people.api import get_account_of, open_to
from huiyin.register.api import find_duty

CURRENT = "console:admissions"


@require_safe
@open_to("staff")
def admissions(request: HttpRequest) -> HttpResponse:
    """What was proposed for the register: under way, or all of it."""
    acting = acting_of(request)
    everything = request.GET.get("state") == "all"
    found = list_admissions(acting, open_only=not everything)
    context = {
        "lines": [(one, get_process(one.case.process, one.case.process_version)) for one in found],
        "everything": everything,
        "may_propose": may_propose(get_account_of(request)),
    }
    return show(request, "console/duties/admissions.html", context, CURRENT)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*PROPOSERS)
def new_admission(request: HttpRequest) -> HttpResponse:
    """The form of a proposal; sent, it opens the case and asks the unit."""
    acting, today = acting_of(request), timezone.localdate()
    if request.method != "POST":
        return _show_form(
            request, [begin_row(request.GET.dict(), today)], request.GET.get("reason", "")[:400]
        )
    rows, reason = read_typed(request.POST), request.POST.get("reason", "")
    if request.POST.get("do") == "more":
        more = {**rows[-1], "clause": "", "duty": "", "act": ADD}
        return _show_form(request, [*rows, more][:MOST_ROWS], reason)
    key = request.POST.get("client_key", "")[:64]
    try:
        proposal = Proposal(tuple(map(make_row, rows)), reason)
        source_key = f"admission:{acting.account_id}:{key}" if key else None
        number = propose(proposal, acting, timezone.now(), source_key)
    except Refusal as refusal:
        return _show_form(request, rows, reason, refusal)
    return _go(reverse("console:case", args=[number]) + "?done=submit")


def _show_form(
    request: HttpRequest,
    rows: list[Typed],
    reason: str,
    refusal: Refusal | None = None,
    number: str = "",
) -> HttpResponse:
    """The form; `number` is that of the admission which the centre changes."""
    context: dict[str, Any] = {
        **list_form_choices(),
        "rows": [(row, find_duty(read_number(row.get("duty", "")) or 0)) for row in rows],
        "acts": ACTS,
        "reason": reason,
        "refusal": refusal,
        "errors": {refusal.field: refusal.words} if refusal else {},
        "number": number,
        "may_add": len(rows) < MOST_ROWS and not number,
    }
    status = status_of_form(refusal)
    return show(request, "console/duties/admission.html", context, CURRENT, status)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to("centre")
def change_admission(request: HttpRequest, number: str) -> HttpResponse:
    """The centre admits what was proposed with changes and a reason."""
    acting = acting_of(request)
    case = get_seen_case(number, acting)
    if case.stage not in CHANGEABLE:
        words = Words(
            "这件准入现在不能改，请回到工单看最新情况。", "It cannot be changed now: look at the case."
        )
        raise Refusal("wrong-stage", words)
    if request.method != "POST":
        return _show_form(
            request, [describe_row(row) for row in read_rows(get_admission(number))], "", number=case.number
        )
    rows, reason = read_typed(request.POST), request.POST.get("reason", "")
    key = request.POST.get("client_key", "")[:64] or None
    try:
        agree_changed(case.number, tuple(map(make_row, rows)), reason, acting, timezone.now(), key)
    except Refusal as refusal:
        return _show_form(request, rows, reason, refusal, case.number)
    return _go(reverse("console:case", args=[case.number]) + "?done=agree_changed")


def _go(place: str) -> HttpResponse:
    answer = HttpResponseRedirect(place)
    answer.status_code = 303
    return answer
