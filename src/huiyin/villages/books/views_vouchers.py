"""Vouchers on the books: listed by month, shown, printed, exported, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse as address_of
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from huiyin.console.api import export_xlsx
from huiyin.economy.books.api import Voucher, get_voucher, map_titles, may_reverse, reverse_voucher
from huiyin.economy.organisations.api import Organisation, get_seen, may
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.pages.api import Column, Value, number_pages, read_page
from huiyin.people.api import get_account_of, open_to
from huiyin.villages.answering import go_to
from huiyin.villages.books.frame import (
    choose_month,
    demand_day,
    find_closed,
    name_hands,
    offer_months,
    show_books,
    show_paper,
)
from huiyin.villages.books.telling import Sheet, make_money, tell_lines
from huiyin.villages.values import READERS

SIZE = 50
COLUMNS = [
    Column(Words("日期", "Date"), 12),
    Column(Words("凭证号", "Number"), 8),
    Column(Words("摘要", "Summary"), 36),
    Column(Words("科目", "Account"), 10),
    Column(Words("科目名称", "Title"), 24),
    Column(Words("借方", "Debit"), 16),
    Column(Words("贷方", "Credit"), 16),
    Column(Words("对方", "Payee"), 20),
]


@require_safe
@open_to(*READERS)
def vouchers(request: HttpRequest, code: str) -> HttpResponse:
    """The vouchers of a month, found by words or account; also as a spreadsheet, line by line."""
    account = get_account_of(request)
    organisation = get_seen(code, account)
    month = choose_month(organisation, request.GET.get("month", ""))
    wanted, at = request.GET.get("q", "").strip()[:60], request.GET.get("account", "").strip()[:12]
    found = _find(organisation, month, wanted, at)
    if request.GET.get("as") == "xlsx":
        return _export(request, organisation, found, f"{organisation.name} 凭证 {month:%Y-%m}")
    count = found.count()
    page = read_page(request.GET.dict(), max(1, -(-count // SIZE)))
    rows = list(found[(page - 1) * SIZE : page * SIZE])
    context = {
        "rows": rows,
        "count": count,
        "hands": name_hands(
            pk for one in rows for pk in (one.made_by_id, one.reviewed_by_id, one.paid_by_id)
        ),
        "paging": number_pages(request.GET.dict(), count, SIZE),
        "month": month,
        "months": offer_months(organisation, month),
        "wanted": wanted,
        "at": at,
        "closed": find_closed(organisation),
        "begun": Voucher.objects.filter(organisation=organisation).exists(),
        "writes": may(account, organisation, "bookkeeper"),
    }
    return show_books(request, "villages/books/vouchers.html", context, organisation, "vouchers")


def _list_hands(one: Voucher) -> tuple[int | None, ...]:
    return one.made_by_id, one.reviewed_by_id, one.paid_by_id


def _find(organisation: Organisation, month: Any, wanted: str, at: str) -> QuerySet[Voucher]:
    found = Voucher.objects.filter(organisation=organisation, month__month=month).order_by("number")
    if wanted:
        found = found.filter(summary__icontains=wanted) | found.filter(payee__icontains=wanted)
    if at:
        found = found.filter(accounts__contains=[at])
    return found.select_related("reverses", "reversed_by")


def _export(
    request: HttpRequest, organisation: Organisation, found: QuerySet[Voucher], name: str
) -> HttpResponse:
    titles = map_titles(organisation)

    def rows() -> Iterator[list[Value]]:
        for one in found.iterator(chunk_size=500):
            for line in tell_lines(one, titles):
                yield [
                    one.made_on,
                    one.number,
                    line.note or one.summary,
                    line.code,
                    line.title,
                    make_money(line.debit_fen),
                    make_money(line.credit_fen),
                    one.payee,
                ]

    return export_xlsx(request, "vouchers", name, COLUMNS, rows())


@require_safe
@open_to(*READERS)
def voucher(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One voucher: its lines, papers, the hands it went through, what takes it back."""
    organisation = get_seen(code, get_account_of(request))
    return _show(request, organisation, get_voucher(organisation, pk))


def _show(
    request: HttpRequest, organisation: Organisation, one: Voucher, refusal: Refusal | None = None
) -> HttpResponse:
    account = get_account_of(request)
    context = {
        **_describe(organisation, one),
        "reverses": may(account, organisation, "bookkeeper") and may_reverse(one),
        "today": timezone.localdate().isoformat(),
        "typed": request.POST,
    }
    return show_books(request, "villages/books/voucher.html", context, organisation, "vouchers", refusal)


def _describe(organisation: Organisation, one: Voucher) -> dict[str, Any]:
    draft = getattr(one, "draft", None)
    reversal = one.reversals.exclude(state="dropped").first()
    return {
        "voucher": one,
        "sheet": Sheet.of(one, map_titles(organisation)),
        "hands": name_hands(_list_hands(one)),
        "files": list(draft.files.order_by("id")) if draft else [],
        "reversal": reversal,
    }


@require_safe
@open_to(*READERS)
def print_voucher(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The voucher on paper."""
    organisation = get_seen(code, get_account_of(request))
    context = _describe(organisation, get_voucher(organisation, pk))
    return show_paper(request, "villages/books/print_voucher.html", context, organisation)


@require_POST
@open_to("bookkeeper")
def reverse(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Take the voucher back: the reversal goes to review."""
    account = get_account_of(request)
    organisation = get_seen(code, account)
    one = get_voucher(organisation, pk)
    try:
        day = demand_day(request.POST.get("made_on", ""))
        reason = request.POST.get("reason", "")
        draft = reverse_voucher(one.pk, organisation, day, reason, account, timezone.now())
    except Refusal as refusal:
        return _show(request, organisation, one, refusal)
    return go_to(address_of("villages:book-draft", args=[code, draft.pk]), "reversed")
