"""Months of one organisation, closed in their order; and how far all of them are."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.console.api import export_xlsx
from huiyin.economy.books.api import (
    CLOSERS,
    close_month,
    find_first_open,
    first_of,
    last_of,
    list_months,
    list_overview,
    month_before,
)
from huiyin.economy.organisations.api import Organisation, get_seen, list_seen, may
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.pages.api import Column, Value
from huiyin.people.api import get_account_of, open_to
from huiyin.villages.answering import go_to
from huiyin.villages.books.frame import demand_month, find_closed, name_hands, read_month, show_books
from huiyin.villages.frame import show_many
from huiyin.villages.values import READERS


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*READERS)
def months(request: HttpRequest, code: str) -> HttpResponse:
    """The months of an organisation; the next one is closed here."""
    account = get_account_of(request)
    organisation = get_seen(code, account)
    if request.method != "POST":
        return _show(request, organisation)
    try:
        close_month(organisation, demand_month(request.POST.get("month", "")), account, timezone.now())
    except Refusal as refusal:
        return _show(request, organisation, refusal)
    return go_to(reverse("villages:book-months", args=[code]), "closed")


def _show(request: HttpRequest, organisation: Organisation, refusal: Refusal | None = None) -> HttpResponse:
    rows = list_months(organisation)
    following = _find_next(organisation)
    context = {
        "rows": rows,
        "hands": name_hands(one.closed_by_id for one in rows),
        "next": following,
        "over": following is not None and last_of(following) <= timezone.localdate(),
        "closes": may(get_account_of(request), organisation, *CLOSERS),
    }
    return show_books(request, "villages/books/months.html", context, organisation, "months", refusal)


def _find_next(organisation: Organisation) -> date | None:
    """The month to close next: the first open one with vouchers, else that after the last closed."""
    opened = find_first_open([organisation.pk]).get(organisation.pk)
    closed = find_closed(organisation)
    if closed is None:
        return opened
    after = first_of(date(closed.year + closed.month // 12, closed.month % 12 + 1, 1))
    return after if opened is None else min(after, opened)


COLUMNS = [
    Column(Words("编码", "Code"), 20),
    Column(Words("名称", "Name"), 30),
    Column(Words("乡镇", "Township"), 14),
    Column(Words("已结账到", "Closed until"), 12),
    Column(Words("未结月份凭证", "Vouchers of open months"), 14),
    Column(Words("待办凭证", "Drafts waiting"), 12),
]


@require_safe
@open_to(*READERS)
def closing(request: HttpRequest) -> HttpResponse:
    """How far the organisations that the account sees are with closing, by township."""
    month = read_month(request.GET.get("month", "")) or month_before(timezone.localdate())
    seen = list(list_seen(get_account_of(request)))
    held = {
        pk: (closed, posted, waits) for pk, closed, posted, waits in list_overview(one.pk for one in seen)
    }
    rows = [(one, *held[one.pk]) for one in seen]
    if request.GET.get("as") == "xlsx":
        return _export(request, rows)
    if request.GET.get("open") == "yes":
        rows = [row for row in rows if row[1] is None or row[1] < month]
    context = {
        "rows": rows,
        "month": month,
        "months": offer_months_until(month),
        "townships": _count(seen, held, month),
        "done": sum(1 for closed, _, _ in held.values() if closed is not None and closed >= month),
        "total": len(seen),
        "only_open": request.GET.get("open") == "yes",
    }
    return show_many(request, "villages/books/closing.html", context, "closing")


def offer_months_until(month: date) -> list[tuple[str, str]]:
    """That month and the thirteen before this one, the last first, to choose from."""
    found, one = {month}, month_before(timezone.localdate())
    for _ in range(12):
        found.add(one)
        one = month_before(one)
    return [(f"{one:%Y-%m}", f"{one:%Y-%m}") for one in sorted(found, reverse=True)]


def _count(seen: list[Organisation], held: dict[int, Any], month: date) -> list[tuple[Words, int, int]]:
    """Township, closed, all."""
    found: dict[int, list[Any]] = {}
    for one in seen:
        row = found.setdefault(one.township_id, [Words(one.township.short, one.township.name_en), 0, 0])
        closed = held[one.pk][0]
        row[1] += closed is not None and closed >= month
        row[2] += 1
    return [(name, done, total) for name, done, total in found.values()]


def _export(request: HttpRequest, rows: list[Any]) -> HttpResponse:
    told: list[list[Value]] = [
        [one.code, one.called, one.township.short, f"{closed:%Y-%m}" if closed else "", posted, waits]
        for one, closed, posted, waits in rows
    ]
    return export_xlsx(request, "closing", "结账进度", COLUMNS, told)
