"""Adds, changes and ends entries of the registers; what a count found is added the same way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from huiyin.economy.assets.api import (
    LAND_CLASSES,
    REGISTERS,
    USES,
    Asset,
    add_assets,
    add_found,
    change_asset,
    end_asset,
    get_asset,
    get_inventory,
)
from huiyin.economy.organisations.api import Organisation, demand, get_seen
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.pages.api import status_of_form, url
from huiyin.people.api import get_account_of, open_to
from huiyin.villages.answering import go_to, read_day
from huiyin.villages.assets.going import keep_typed
from huiyin.villages.assets.rows import REGISTER_COLUMNS, read_asset, tell_row
from huiyin.villages.frame import show_one

FIELDS = tuple(key for key in REGISTER_COLUMNS if key not in {"code", "basis", "register"})
Typed = dict[str, str]


@require_http_methods(["GET", "HEAD", "POST"])
@open_to("bookkeeper")
def new_asset(request: HttpRequest, code: str) -> HttpResponse:
    """Enter something outside an inventory: it names the voucher or the contract that it rests on."""
    one, by = _open(request, code), get_account_of(request)

    def write(typed: Typed) -> HttpResponse:
        made = add_assets(one, [read_asset(typed)], by, timezone.now())
        return go_to(url("villages:asset", one.code, made[0].pk), "added")

    return _answer(request, one, write, {"register": request.GET.get("register", "")}, {"basis": True})


@require_http_methods(["GET", "HEAD", "POST"])
@open_to("bookkeeper")
def found(request: HttpRequest, number: str) -> HttpResponse:
    """Enter what a count found and no register holds."""
    by = get_account_of(request)
    inventory = get_inventory(number, by)
    one = inventory.organisation
    demand(by, one, "bookkeeper")

    def write(typed: Typed) -> HttpResponse:
        add_found(inventory, read_asset(typed), by, timezone.now())
        return go_to(url("villages:inventory", inventory.case.number), "counted")

    return _answer(request, one, write, {}, {"inventory": inventory})


@require_http_methods(["GET", "HEAD", "POST"])
@open_to("bookkeeper")
def change(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Change what an entry says, with the reason."""
    one, by = _open(request, code), get_account_of(request)
    entry = get_asset(one, pk)
    typed = {key: text.zh if isinstance(text, Words) else text for key, text in tell_row(entry).items()}
    held = typed | {"register": entry.register, "use": entry.use, "land_class": entry.land_class}

    def write(typed: Typed) -> HttpResponse:
        fresh = read_asset({**typed, "register": entry.register})
        change_asset(
            entry.pk,
            {key: getattr(fresh, key) for key in FIELDS},
            typed.get("reason", ""),
            by,
            timezone.now(),
        )
        return go_to(url("villages:asset", one.code, entry.pk), "changed")

    return _answer(request, one, write, held, {"entry": entry})


def _open(request: HttpRequest, code: str) -> Organisation:
    account = get_account_of(request)
    one = get_seen(code, account)
    demand(account, one, "bookkeeper")
    return one


def _answer(
    request: HttpRequest,
    one: Organisation,
    write: Callable[[Typed], HttpResponse],
    held: Mapping[str, str],
    more: Mapping[str, Any],
) -> HttpResponse:
    typed: Typed = dict(held)
    refusal = None
    if request.method == "POST":
        typed |= request.POST.dict()
        try:
            return write(typed)
        except Refusal as refused:
            refusal = refused
    context = {
        **more,
        "typed": keep_typed(typed),
        "refusal": refusal,
        "errors": {_field(refusal): refusal.words} if refusal else {},
        "registers": [(key, register.title) for key, register in REGISTERS.items()],
        "accounts": REGISTERS,
        "uses": list(USES.items()),
        "classes": [("", Words("不是土地", "Not land")), *LAND_CLASSES.items()],
    }
    return show_one(request, "villages/assets/form.html", context, one, "assets", status_of_form(refusal))


def _field(refusal: Refusal) -> str:
    return {"area": "area_mu", "value": "value_fen", "amount": "value_fen"}.get(refusal.field, refusal.field)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to("bookkeeper")
def end(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """End an entry: when, why, and on which voucher or contract. It stays to be read."""
    one, by = _open(request, code), get_account_of(request)
    entry = get_asset(one, pk)
    refusal = None
    if request.method == "POST":
        try:
            return _end(request, one, entry)
        except Refusal as refused:
            refusal = refused
    context = {
        "entry": entry,
        "typed": keep_typed(request.POST.dict() or {"ended_on": timezone.localdate().isoformat()}),
        "refusal": refusal,
        "errors": {refusal.field: refusal.words} if refusal else {},
    }
    del by
    return show_one(request, "villages/assets/end.html", context, one, "assets", status_of_form(refusal))


def _end(request: HttpRequest, one: Organisation, entry: Asset) -> HttpResponse:
    typed, now = request.POST, timezone.now()
    on = read_day(typed.get("ended_on", ""), "ended_on")
    end_asset(entry.pk, on, typed.get("reason", ""), typed.get("basis", ""), get_account_of(request), now)
    return go_to(url("villages:asset", one.code, entry.pk), "ended")
