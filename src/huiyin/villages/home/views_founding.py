"""Founding an organisation, the versions of its charter, closing and reopening it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiyin.economy.organisations.api import (
    CLOSING,
    OVERSEES,
    PAYS_TO,
    RESIDUALS,
    NewCharter,
    NewOrganisation,
    Organisation,
    adopt_charter,
    close_organisation,
    demand,
    found,
    get_limit,
    get_seen,
    list_closed,
    list_places,
    may,
    name_charter,
    reopen_organisation,
)
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean, read_number
from huiyin.kernel.words import Words
from huiyin.pages.api import status_of_form, url
from huiyin.people.api import get_account_of, open_to
from huiyin.villages.answering import go_to, read_day, read_whole
from huiyin.villages.frame import show_many, show_one
from huiyin.villages.home.views import KINDS
from huiyin.villages.values import READERS

DONE = {
    "adopted": Words(
        "新章程已登记，从现在起按它办。", "The new charter is registered and holds from now on."
    ),
    "closed": Words("组织已撤销，记录都在。", "Closed; what was recorded stays."),
}
WHOLE = ("reserve_per_mille", "collective_per_mille", "holding_cap_per_mille", "spread_years")


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(OVERSEES)
def new_organisation(request: HttpRequest) -> HttpResponse:
    """The rural clerk founds an organisation in a village of the township, with its first charter."""
    account = get_account_of(request)
    if request.method != "POST":
        return _show_founding(request, {"founded_on": timezone.localdate().isoformat(), **_begin(None)})
    typed = request.POST.dict()
    try:
        made = found(_read_organisation(typed), account, timezone.now())
    except Refusal as refusal:
        return _show_founding(request, typed, refusal)
    return go_to(url("villages:organisation", made.code), "founded")


def _read_organisation(typed: Mapping[str, str]) -> NewOrganisation:
    founded_on = _read_day(typed.get("founded_on", ""), "founded_on")
    return NewOrganisation(
        code=typed.get("code", "")[:30],
        name=typed.get("name", "")[:60],
        name_en=typed.get("name_en", "")[:100],
        kind=typed.get("kind", ""),
        area_id=read_number(typed.get("area", "")) or 0,
        founded_on=founded_on,
        leader_code=typed.get("leader", "")[:30],
        charter=_read_charter({**typed, "adopted_on": founded_on.isoformat()}),
    )


def _read_charter(typed: Mapping[str, str]) -> NewCharter:
    parts = {key: read_whole(typed.get(key, ""), key, 6) for key in WHOLE}
    return NewCharter(
        adopted_on=_read_day(typed.get("adopted_on", ""), "adopted_on"),
        residual=typed.get("residual", ""),
        pays_to=typed.get("pays_to", ""),
        **parts,
    )


def _read_day(text: str, field: str) -> date:
    day = read_day(text, field)
    if day > timezone.localdate():
        words = Words("日期不能在今天之后。", "The day cannot be after today.")
        raise Refusal("day-ahead", words, field=field)
    return day


def _begin(organisation: Organisation | None) -> dict[str, str]:
    """What stands in the form at first: the charter in force, else what is usual."""
    last = organisation.charters.order_by("-version").first() if organisation else None
    of = last or NewCharter(timezone.localdate())
    told = {key: str(getattr(of, key)) for key in (*WHOLE, "residual", "pays_to")}
    return {**told, "adopted_on": timezone.localdate().isoformat()}


def _show_founding(
    request: HttpRequest, typed: Mapping[str, str], refusal: Refusal | None = None
) -> HttpResponse:
    places = list_places(get_account_of(request))
    context = {
        **_describe(typed, refusal, None),
        "places": [(one.pk, one.called) for one in places],
        "kinds": list(KINDS.items()),
    }
    return show_many(
        request, "villages/home/founding.html", context, "organisations", status_of_form(refusal)
    )


def _describe(typed: Mapping[str, str], refusal: Refusal | None, township_id: int | None) -> dict[str, Any]:
    return {
        "typed": typed,
        "refusal": refusal,
        "errors": {refusal.field: refusal.words} if refusal and refusal.field else {},
        "residuals": list(RESIDUALS.items()),
        "pays": list(PAYS_TO.items()),
        "limit": get_limit("collective-share", township_id),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*READERS)
def charters(request: HttpRequest, code: str) -> HttpResponse:
    """Every version of the charter; the form with which the rural clerk registers the next."""
    account = get_account_of(request)
    one, typed = get_seen(code, account), request.POST.dict()
    refusal = None
    if request.method == "POST":
        demand(account, one, OVERSEES)
        try:
            adopt_charter(one, _read_charter(typed), account, timezone.now())
            return go_to(url("villages:charters", code), "adopted")
        except Refusal as refused:
            refusal = refused
    versions = list(one.charters.order_by("-version"))
    context = {
        **_describe(typed or _begin(one), refusal, one.township_id),
        "versions": versions,
        "subject": name_charter(versions[0].version + 1 if versions else 1),
        "residual_names": RESIDUALS,
        "pay_names": PAYS_TO,
        "keeps": may(account, one, OVERSEES),
    }
    return show_one(
        request, "villages/home/charters.html", context, one, "overview", status_of_form(refusal), DONE
    )


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(OVERSEES)
def close(request: HttpRequest, code: str) -> HttpResponse:
    """Close an organisation that the assembly has dissolved, merged or divided."""
    account = get_account_of(request)
    one, refusal = get_seen(code, account), None
    if request.method == "POST":
        try:
            close_organisation(one, request.POST.get("reason", ""), account, timezone.now())
            return go_to(url("villages:closed-organisations"), "closed")
        except Refusal as refused:
            refusal = refused
    context = {"subject": CLOSING, "reason": request.POST.get("reason", ""), "refusal": refusal}
    return show_one(request, "villages/home/close.html", context, one, "overview", status_of_form(refusal))


@require_safe
@open_to(OVERSEES)
def closed(request: HttpRequest) -> HttpResponse:
    """Organisations that were closed."""
    context = {"rows": list_closed(get_account_of(request)), "kinds": KINDS}
    return show_many(request, "villages/home/closed.html", context, "organisations", done=DONE)


@require_POST
@open_to(OVERSEES)
def reopen(request: HttpRequest, code: str) -> HttpResponse:
    """Take a closing back."""
    account = get_account_of(request)
    one = next((each for each in list_closed(account) if each.code == clean(code)), None)
    if one is None:
        raise Refusal(
            "organisation-not-found", Words("没有这个已撤销的组织。", "No such closed organisation.")
        )
    reopen_organisation(one, account, timezone.now())
    return go_to(url("villages:organisation", one.code), "reopened")
