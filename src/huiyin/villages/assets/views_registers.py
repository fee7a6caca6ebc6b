"""The registers of an organisation, one entry with its history, and the registers as a sheet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Case, Count, Q, QuerySet, Sum, When
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from huiyin.console.api import export_xlsx
from huiyin.economy.assets.api import (
    LAND_CLASSES,
    METHODS,
    PURPOSES,
    REGISTERS,
    USES,
    Asset,
    get_asset,
    list_history,
    tell_mu,
)
from huiyin.economy.organisations.api import Organisation, get_seen, may
from huiyin.pages.api import Column, number_pages, read_page
from huiyin.people.api import get_account_of, open_to
from huiyin.villages.assets.going import DONE
from huiyin.villages.assets.rows import REGISTER_COLUMNS, tell_row
from huiyin.villages.assets.saying import tell_entry
from huiyin.villages.frame import show_one
from huiyin.villages.values import READERS

PAGE = 50
_ORDER = Case(*(When(register=key, then=at) for at, key in enumerate(REGISTERS)), default=99)
"""As the registers stand in their list."""


@require_safe
@open_to(*READERS)
def assets(request: HttpRequest, code: str) -> HttpResponse:
    """Every entry, by register; with sums of each register, found by name, code, place or keeper."""
    account = get_account_of(request)
    one = get_seen(code, account)
    found, asked = _choose(request, one)
    count = found.count()
    page = read_page(request.GET.dict(), -(-count // PAGE))
    context: dict[str, Any] = {
        **asked,
        "rows": found[(page - 1) * PAGE : page * PAGE],
        "count": count,
        "registers": REGISTERS,
        "sums": _sum(one),
        "uses": USES,
        "classes": LAND_CLASSES,
        "tell_mu": tell_mu,
        "keeps": may(account, one, "bookkeeper") and one.standard == "collective",
        "paging": number_pages(request.GET.dict(), count, PAGE),
    }
    return show_one(request, "villages/assets/registers.html", context, one, "assets", done=DONE)


def _choose(request: HttpRequest, one: Organisation) -> tuple[QuerySet[Asset], dict[str, Any]]:
    register, wanted = request.GET.get("register", ""), request.GET.get("q", "").strip()[:60]
    state = request.GET.get("state", "")
    register = register if register in REGISTERS else ""
    found = Asset.objects.filter(organisation=one, ended_on__isnull=state != "ended")
    if register:
        found = found.filter(register=register)
    if wanted:
        found = found.filter(
            Q(name__icontains=wanted)
            | Q(code__icontains=wanted)
            | Q(place__icontains=wanted)
            | Q(keeper__icontains=wanted)
        )
    asked = {"register": register, "wanted": wanted, "state": state}
    return found.order_by(_ORDER, "number"), asked


def _sum(one: Organisation) -> list[tuple[str, dict[str, Any]]]:
    """Entries, value and area of each register that holds any, in the order of the registers."""
    sums = (
        Asset.objects.filter(organisation=one, ended_on__isnull=True)
        .values("register")
        .annotate(many=Count("id"), fen=Sum("value_fen"), area=Sum("area_mu"))
    )
    by_key: dict[str, Any] = {row["register"]: row for row in sums}
    return [(key, by_key[key]) for key in REGISTERS if key in by_key]


@require_safe
@open_to(*READERS)
def export_assets(request: HttpRequest, code: str) -> HttpResponse:
    """What is listed, as a sheet that can be changed and read back."""
    one = get_seen(code, get_account_of(request))
    found, _ = _choose(request, one)
    return _answer(request, one, found)


def _answer(request: HttpRequest, one: Organisation, found: Iterable[Asset]) -> HttpResponse:
    columns = [Column(title) for title in REGISTER_COLUMNS.values()]
    rows = ([tell_row(asset)[key] for key in REGISTER_COLUMNS] for asset in found)
    return export_xlsx(request, "assets", f"{one.name}-资产台账", columns, rows)


@require_safe
@open_to(*READERS)
def asset(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One entry: what it says, its valuations, its counts, all that happened to it."""
    account = get_account_of(request)
    one = get_seen(code, account)
    entry = get_asset(one, pk)
    context = {
        "entry": entry,
        "register": REGISTERS[entry.register],
        "uses": USES,
        "classes": LAND_CLASSES,
        "tell_mu": tell_mu,
        "methods": METHODS,
        "purposes": PURPOSES,
        "history": [tell_entry(told) for told in reversed(list_history(entry))],
        "valuations": entry.valuations.select_related("made_by", "filed_by").order_by("-id"),
        "lines": entry.lines.select_related("inventory__case").order_by("-id"),
        "keeps": may(account, one, "bookkeeper") and entry.ended_on is None,
        "values": may(account, one, "bookkeeper", "director") and entry.ended_on is None,
    }
    return show_one(request, "villages/assets/asset.html", context, one, "assets", done=DONE)
