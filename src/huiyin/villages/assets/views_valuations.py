"""Valuations: written down by the organisation, filed or returned by the township."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiyin.economy.assets.api import (
    METHODS,
    PURPOSES,
    Asset,
    NewValuation,
    Valuation,
    file_valuation,
    get_asset,
    value_asset,
)
from huiyin.economy.organisations.api import Organisation, demand, get_seen, list_seen
from huiyin.kernel.money import read_yuan
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.pages.api import number_pages, read_page, status_of_form, url
from huiyin.people.api import AccountInHand, get_account_of, open_to
from huiyin.villages.answering import go_to, read_day
from huiyin.villages.assets.going import DONE, keep_typed
from huiyin.villages.frame import show_many, show_one
from huiyin.villages.values import READERS

PAGE = 50


@require_safe
@open_to(*READERS)
def valuations(request: HttpRequest) -> HttpResponse:
    """Valuations that wait to be filed, or all of them, newest first."""
    return _list(request)


def _list(request: HttpRequest, refusal: Refusal | None = None) -> HttpResponse:
    account = get_account_of(request)
    everything = request.GET.get("state") == "all"
    found = Valuation.objects.filter(asset__organisation__in=list_seen(account)).order_by("-id")
    if not everything:
        found = found.filter(filed_at__isnull=True, returned_at__isnull=True)
    count = found.count()
    page = read_page(request.GET.dict(), -(-count // PAGE))
    context = {
        "rows": found.select_related("asset__organisation", "made_by")[(page - 1) * PAGE : page * PAGE],
        "everything": everything,
        "methods": METHODS,
        "purposes": PURPOSES,
        "files": "rural" in account.roles,
        "refusal": refusal,
        "paging": number_pages(request.GET.dict(), count, PAGE),
    }
    status = status_of_form(refusal)
    return show_many(request, "villages/assets/valuations.html", context, "inventories", status, done=DONE)


@require_POST
@open_to("rural")
def settle_valuation(request: HttpRequest, pk: int) -> HttpResponse:
    """The township files a valuation, or returns it with a reason."""
    by = get_account_of(request)
    one = _find_owner(pk, by)
    returned = request.POST.get("reason", "") if request.POST.get("do") == "return" else None
    try:
        file_valuation(one, pk, by, timezone.now(), returned)
    except Refusal as refusal:
        return _list(request, refusal)
    return go_to(url("villages:valuations"), "filed" if returned is None else "returned")


def _find_owner(pk: int, by: AccountInHand) -> Organisation:
    found = Valuation.objects.filter(pk=pk, asset__organisation__in=list_seen(by)).first()
    if found is None:
        raise Refusal("valuation-not-found", Words("没有这份评估。", "There is no such valuation."))
    return get_seen(found.asset.organisation.code, by)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to("bookkeeper", "director")
def value(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Write down what an asset was valued at, by whom, and on which resolution."""
    by = get_account_of(request)
    one = get_seen(code, by)
    demand(by, one, "bookkeeper", "director")
    entry = get_asset(one, pk)
    refusal = None
    if request.method == "POST":
        try:
            return _value(request, one, entry)
        except Refusal as refused:
            refusal = refused
    context = {
        "entry": entry,
        "typed": keep_typed(request.POST.dict() or {"valued_on": timezone.localdate().isoformat()}),
        "methods": list(METHODS.items()),
        "purposes": list(PURPOSES.items()),
        "refusal": refusal,
        "errors": {refusal.field: refusal.words} if refusal else {},
    }
    return show_one(
        request, "villages/assets/valuation.html", context, one, "assets", status_of_form(refusal)
    )


def _value(request: HttpRequest, one: Organisation, entry: Asset) -> HttpResponse:
    typed = request.POST
    new = NewValuation(
        typed.get("purpose", ""),
        typed.get("method", ""),
        read_yuan(typed.get("value", ""), "value"),
        read_day(typed.get("valued_on", ""), "valued_on"),
        typed.get("valuers", ""),
        typed.get("resolution", ""),
        typed.get("report", ""),
    )
    value_asset(one, entry.pk, new, get_account_of(request), timezone.now())
    return go_to(url("villages:asset", one.code, entry.pk), "valued")
