"""Officers of an organisation: who holds which office for how long, and whose kin they are."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from huiyin.economy.organisations.api import (
    APPOINTERS,
    OFFICES,
    Organisation,
    appoint,
    declare_kin,
    end_office,
    get_seen,
    list_clashes,
    list_officers_of,
    may,
)
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.pages.api import status_of_form
from huiyin.people.api import get_account_of, open_to
from huiyin.villages.answering import go, read_day, tell_errors
from huiyin.villages.frame import show_one
from huiyin.villages.values import READERS

DONE = {
    "appointed": Words("已登记任职。", "Appointed."),
    "ended": Words("已登记离任。", "The office has ended."),
    "kin": Words("已登记亲属关系。", "The kinship is kept."),
}
KIN_TELLERS = (*APPOINTERS, "bookkeeper", "overseer")


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*READERS)
def officers(request: HttpRequest, code: str) -> HttpResponse:
    """Who holds an office, and who held one; sent, it appoints somebody."""
    account = get_account_of(request)
    one = get_seen(code, account)
    if request.method != "POST":
        return _show(request, one)
    typed = request.POST.dict()
    try:
        term = (read_day(typed.get("since", ""), "since"), _read_end(typed))
        kin = [(typed.get("kin", ""), typed.get("relation", ""))]
        appoint(
            one, typed.get("office", ""), typed.get("name", ""), term, typed.get("reason", ""),
            account, timezone.now(), kin,
        )  # fmt: skip
    except Refusal as refusal:
        return _show(request, one, refusal)
    return go("appointed", "officers", code)


def _read_end(typed: dict[str, str]) -> date | None:
    return read_day(typed["until"], "until") if typed.get("until") else None


def _show(request: HttpRequest, one: Organisation, refusal: Refusal | None = None) -> HttpResponse:
    account, today = get_account_of(request), timezone.localdate()
    sitting = list(list_officers_of(one, today))
    context = {
        "sitting": sitting,
        "clashes": list_clashes(sitting),
        "past": list(one.officers.filter(until_on__lt=today).order_by("-until_on")[:50]),
        "offices": OFFICES,
        "appoints": may(account, one, *APPOINTERS),
        "tells_kin": may(account, one, *KIN_TELLERS),
        "today": today,
        "typed": request.POST.dict(),
        "errors": tell_errors(refusal),
    }
    status = status_of_form(refusal)
    return show_one(request, "villages/members/officers.html", context, one, "officers", status, DONE)


@require_POST
@open_to(*APPOINTERS)
def end_officer(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Let somebody leave an office."""
    account = get_account_of(request)
    one = get_seen(code, account)
    try:
        on = read_day(request.POST.get("until", ""), "until")
        end_office(one, pk, on, request.POST.get("reason", ""), account, timezone.now())
    except Refusal as refusal:
        if refusal.code.endswith("not-found"):
            raise
        return _show(request, one, Refusal(refusal.code, refusal.words, refusal.rule))
    return go("ended", "officers", code)


@require_POST
@open_to(*KIN_TELLERS)
def add_kin(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Keep whose kin an officer is."""
    account = get_account_of(request)
    one = get_seen(code, account)
    try:
        name, relation = request.POST.get("kin", ""), request.POST.get("relation", "")
        declare_kin(one, pk, name, relation, account, timezone.now())
    except Refusal as refusal:
        if refusal.code.endswith("not-found"):
            raise
        return _show(request, one, Refusal(refusal.code, refusal.words, refusal.rule))
    return go("kin", "officers", code)
