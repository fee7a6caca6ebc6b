"""Balance sheet, and income and distribution statement: on the page, on paper, as spreadsheets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from huiyin.console.api import export_xlsx
from huiyin.economy.books.api import LAYOUTS, Figure, last_of, read_balance_sheet, read_income
from huiyin.economy.organisations.api import Organisation, get_seen
from huiyin.kernel.words import Words
from huiyin.pages.api import Column, Value
from huiyin.people.api import get_account_of, open_to
from huiyin.villages.books.frame import choose_month, find_closed, offer_months, show_books, show_paper
from huiyin.villages.books.telling import make_money
from huiyin.villages.values import READERS


@require_safe
@open_to(*READERS)
def balance_sheet(request: HttpRequest, code: str) -> HttpResponse:
    """资产负债表 at the end of a month."""
    organisation = get_seen(code, get_account_of(request))
    month = choose_month(organisation, request.GET.get("month", ""))
    sheet = read_balance_sheet(organisation, last_of(month))
    if request.GET.get("as") == "xlsx":
        columns = (Words("期末余额", "At the end"), Words("年初余额", "At the start of the year"))
        figures = [*sheet.assets, *sheet.claims]
        name = f"{organisation.name} 资产负债表 {month:%Y-%m}"
        return _export(request, "balance-sheet", name, figures, columns)
    context = {"sheet": sheet, "layout": LAYOUTS[organisation.standard], "title_of": "balance"}
    return _show(request, organisation, "balance", month, context)


@require_safe
@open_to(*READERS)
def income(request: HttpRequest, code: str) -> HttpResponse:
    """收益及收益分配表 of a year until the end of a month."""
    organisation = get_seen(code, get_account_of(request))
    month = choose_month(organisation, request.GET.get("month", ""))
    statement = read_income(organisation, last_of(month))
    if request.GET.get("as") == "xlsx":
        columns = (Words("本年金额", "This year"), Words("上年金额", "Last year"))
        name = f"{organisation.name} 收益及收益分配表 {month:%Y-%m}"
        return _export(request, "income-statement", name, statement.figures, columns)
    return _show(request, organisation, "income", month, {"statement": statement})


def _show(
    request: HttpRequest, organisation: Organisation, part: str, month: date, given: dict[str, Any]
) -> HttpResponse:
    closed = find_closed(organisation)
    context = {
        **given,
        "month": month,
        "months": offer_months(organisation, month),
        "query": f"month={month:%Y-%m}",
        "final": closed is not None and month <= closed,
    }
    if request.GET.get("as") == "print":
        return show_paper(request, f"villages/books/print_{part}.html", context, organisation)
    return show_books(request, f"villages/books/{part}.html", context, organisation, part)


def _export(
    request: HttpRequest, what: str, name: str, figures: Sequence[Figure], titles: Sequence[Words]
) -> HttpResponse:
    columns = [Column(Words("项目", "Item"), 34), *(Column(one, 18) for one in titles)]
    rows: list[list[Value]] = [
        [
            one.row.title,
            None if one.now_fen is None else make_money(one.now_fen),
            None if one.before_fen is None else make_money(one.before_fen),
        ]
        for one in figures
    ]
    return export_xlsx(request, what, name, columns, rows)
