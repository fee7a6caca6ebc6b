"""The form of a plan: reckoned as it is filled in, then drafted or changed; and what is set aside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from huiyin.economy.distributions.api import (
    ASIDES,
    Plan,
    change_plan,
    list_asides,
    open_plan,
    propose,
    set_aside,
    tell_share,
)
from huiyin.economy.organisations.api import Organisation, demand, get_seen
from huiyin.kernel.money import read_yuan
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean, read_number
from huiyin.pages.api import status_of_form, url
from huiyin.people.api import get_account_of, open_to
from huiyin.villages.answering import go_to
from huiyin.villages.distributions.asking import DONE, describe_draft, read_draft, read_place, read_year
from huiyin.villages.distributions.waterfall import draw_waterfall
from huiyin.villages.frame import show_one


@require_http_methods(["GET", "HEAD", "POST"])
@open_to("bookkeeper")
def new_plan(request: HttpRequest, code: str) -> HttpResponse:
    """Draft the year's plan. `do=reckon` shows what it comes to and keeps nothing."""
    account = get_account_of(request)
    organisation = get_seen(code, account)
    demand(account, organisation, "bookkeeper")
    typed = (request.POST if request.method == "POST" else request.GET).dict()
    if request.method != "POST" or typed.get("do") == "reckon":
        return _show_form(request, organisation, typed)
    try:
        made = open_plan(organisation, read_draft(typed), account, timezone.now())
    except Refusal as refusal:
        return _show_form(request, organisation, typed, refusal)
    return go_to(url("villages:distribution", code, made.pk), "drafted")


@require_http_methods(["GET", "HEAD", "POST"])
@open_to("bookkeeper")
def change(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Reckon a plan anew while it is being drafted."""
    organisation, plan = read_place(request, code, pk)
    account = get_account_of(request)
    demand(account, organisation, "bookkeeper")
    if request.method != "POST":
        return _show_form(request, organisation, describe_draft(plan), plan=plan)
    typed = {**request.POST.dict(), "year": str(plan.year)}
    if typed.get("do") == "reckon":
        return _show_form(request, organisation, typed, plan=plan)
    try:
        change_plan(plan.pk, read_draft(typed), account, timezone.now())
    except Refusal as refusal:
        return _show_form(request, organisation, typed, refusal, plan)
    return go_to(url("villages:distribution", code, pk), "changed")


def _show_form(
    request: HttpRequest,
    organisation: Organisation,
    typed: Mapping[str, str],
    refusal: Refusal | None = None,
    plan: Plan | None = None,
) -> HttpResponse:
    """The form with what it comes to beside it, or why it comes to nothing."""
    year = read_year(typed)
    reckoned, doubt = _reckon(organisation, typed)
    wrong = refusal or (doubt if request.method == "POST" else None)
    this = timezone.localdate().year
    context: dict[str, Any] = {
        "typed": typed,
        "year": year,
        "years": [(str(one), str(one)) for one in range(this, this - 6, -1)],
        "plan": plan,
        "reckoned": reckoned,
        "doubt": doubt,
        "steps": draw_waterfall(reckoned) if reckoned else [],
        "share": tell_share(reckoned) if reckoned else "",
        "asides": [(aside, ASIDES[aside.kind]) for aside in list_asides(organisation, year)],
        "aside_kinds": list(ASIDES.items()),
        "refusal": refusal,
        "errors": {wrong.field: wrong.words} if wrong and wrong.field else {},
    }
    status = status_of_form(refusal)
    return show_one(
        request, "villages/distributions/form.html", context, organisation, "distributions", status, DONE
    )


def _reckon(organisation: Organisation, typed: Mapping[str, str]) -> tuple[Plan | None, Refusal | None]:
    try:
        return propose(organisation, read_draft(typed), timezone.localdate()), None
    except Refusal as refusal:
        return None, refusal


@require_POST
@open_to("bookkeeper")
def add_aside(request: HttpRequest, code: str) -> HttpResponse:
    """Note rent of several years, or compensation that the words of its voucher do not show."""
    account = get_account_of(request)
    organisation = get_seen(code, account)
    demand(account, organisation, "bookkeeper")
    typed = request.POST.dict()
    year = read_year(typed)
    kind = typed.get("kind", "")
    try:
        fen = read_yuan(typed.get("amount", ""), "aside")
        years = read_number(typed.get("years", ""), 3) or 1
        said = clean(typed.get("what", ""))[:200]
        set_aside(
            organisation, kind if kind in ASIDES else "", year, fen, years, said, account, timezone.now()
        )
    except Refusal as refusal:
        return _show_form(request, organisation, {**typed, "year": str(year)}, refusal)
    return go_to(f"{url('villages:new-distribution', code)}?year={year}", "aside")
