"""General ledger, detail ledger and journals, trial balance: on the page, on paper, as spreadsheets."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from huiyin.console.api import export_xlsx
from huiyin.economy.books.api import (
    CASH,
    LedgerLine,
    first_of,
    last_of,
    list_months,
    map_titles,
    read_general,
    read_journal,
    read_ledger,
    read_trial,
)
from huiyin.economy.organisations.api import Organisation, get_seen
from huiyin.kernel.texts import read_number
from huiyin.kernel.words import Words
from huiyin.pages.api import Column, Value
from huiyin.people.api import get_account_of, open_to
from huiyin.villages.books.frame import choose_month, offer_months, read_month, show_books, show_paper
from huiyin.villages.books.telling import make_money
from huiyin.villages.values import READERS

SUMS = {
    "opening": Words("期初余额", "Opening balance"),
    "day": Words("本日合计", "Sum of the day"),
    "month": Words("本月合计", "Sum of the month"),
}
MONEY = (Words("借方", "Debit"), Words("贷方", "Credit"))


def _show(
    request: HttpRequest, organisation: Organisation, part: str, context: dict[str, Any]
) -> HttpResponse:
    if request.GET.get("as") == "print":
        return show_paper(request, f"villages/books/print_{part}.html", context, organisation)
    return show_books(request, f"villages/books/{part}.html", context, organisation, part)


def _read_span(request: HttpRequest, organisation: Organisation) -> tuple[date, date]:
    """First and last month asked for; the whole of this year's books by default."""
    last = choose_month(organisation, request.GET.get("to", ""))
    first = read_month(request.GET.get("from", "")) or last.replace(month=1)
    return min(first, last), max(first, last)


@require_safe
@open_to(*READERS)
def trial(request: HttpRequest, code: str) -> HttpResponse:
    """科目余额表 of some months."""
    organisation = get_seen(code, get_account_of(request))
    first, last = _read_span(request, organisation)
    below = request.GET.get("below") != "no"
    made = read_trial(organisation, first, last_of(last), below=below)
    if request.GET.get("as") == "xlsx":
        return _export_trial(request, organisation, made, f"{first:%Y-%m} {last:%Y-%m}")
    context = {
        "trial": made,
        "first": first,
        "last": last,
        "below": below,
        "months": offer_months(organisation, first, last),
        "query": f"from={first:%Y-%m}&to={last:%Y-%m}{'' if below else '&below=no'}",
    }
    return _show(request, organisation, "trial", context)


def _export_trial(request: HttpRequest, organisation: Organisation, made: Any, span: str) -> HttpResponse:
    columns = [Column(Words("科目", "Account"), 10), Column(Words("名称", "Title"), 26)] + [
        Column(Words(f"{zh}{side.zh}", f"{en} {side.en.lower()}"), 16)
        for zh, en in (("期初", "Opening"), ("本期", "Period"), ("期末", "Closing"))
        for side in MONEY
    ]
    rows: list[list[Value]] = [
        [
            row.code,
            row.title,
            make_money(max(row.turn.opening_fen, 0)),
            make_money(max(-row.turn.opening_fen, 0)),
            make_money(row.turn.debit_fen),
            make_money(row.turn.credit_fen),
            make_money(max(row.turn.closing_fen, 0)),
            make_money(max(-row.turn.closing_fen, 0)),
        ]
        for row in made.rows
    ]
    sums = (*made.opening, *made.turned, *made.closing)
    rows.append(["", Words("合计", "In all"), *map(make_money, sums)])
    return export_xlsx(request, "trial-balance", f"{organisation.name} 科目余额表 {span}", columns, rows)


@require_safe
@open_to(*READERS)
def general(request: HttpRequest, code: str) -> HttpResponse:
    """总账 of a year: each account with its months."""
    organisation = get_seen(code, get_account_of(request))
    years = sorted({one.month.year for one in list_months(organisation)}, reverse=True)
    year = read_number(request.GET.get("year", "")) or (years[0] if years else timezone.localdate().year)
    year = min(max(year, 1950), 2200)
    accounts = read_general(organisation, year)
    if request.GET.get("as") == "xlsx":
        return _export_general(request, organisation, accounts, year)
    context = {
        "accounts": accounts,
        "year": year,
        "years": [(str(one), str(one)) for one in sorted({*years, year}, reverse=True)],
        "query": f"year={year}",
    }
    return _show(request, organisation, "general", context)


def _export_general(
    request: HttpRequest, organisation: Organisation, accounts: list[Any], year: int
) -> HttpResponse:
    columns = [
        Column(Words("科目", "Account"), 10),
        Column(Words("名称", "Title"), 26),
        Column(Words("月份", "Month"), 10),
        *(Column(side, 16) for side in MONEY),
        Column(Words("余额（借方为正）", "Balance (debit above nothing)"), 20),
    ]
    rows: list[list[Value]] = []
    for one in accounts:
        rows.append([one.code, one.title, SUMS["opening"], None, None, make_money(one.opening_fen)])
        rows += [
            [
                one.code,
                one.title,
                f"{line.month:%Y-%m}",
                make_money(line.debit_fen),
                make_money(line.credit_fen),
                make_money(line.balance_fen),
            ]
            for line in one.months
        ]
    return export_xlsx(request, "general-ledger", f"{organisation.name} 总账 {year}", columns, rows)


@require_safe
@open_to(*READERS)
def ledger(request: HttpRequest, code: str) -> HttpResponse:
    """明细账 of an account, or the journal of cash or bank, over some months."""
    organisation = get_seen(code, get_account_of(request))
    titles = map_titles(organisation)
    account = request.GET.get("account", "").partition(" ")[0]
    account = account if account in titles else "102"
    first, last = _read_span(request, organisation)
    read = read_journal if account in CASH else read_ledger
    lines = read(organisation, account, first_of(first), last_of(last))
    if request.GET.get("as") == "xlsx":
        name = f"{organisation.name} {titles[account].zh} {first:%Y-%m} {last:%Y-%m}"
        return _export_ledger(request, name, lines)
    context = {
        "lines": lines,
        "account": account,
        "title": titles[account],
        "journal": account in CASH,
        "choices": [
            (key, Words(f"{key} {title.zh}", f"{key} {title.en}")) for key, title in sorted(titles.items())
        ],
        "first": first,
        "last": last,
        "sums": SUMS,
        "months": offer_months(organisation, first, last),
        "query": f"account={account}&from={first:%Y-%m}&to={last:%Y-%m}",
    }
    return _show(request, organisation, "ledger", context)


def _export_ledger(request: HttpRequest, name: str, lines: list[LedgerLine]) -> HttpResponse:
    columns = [
        Column(Words("日期", "Date"), 12),
        Column(Words("凭证号", "Number"), 8),
        Column(Words("科目", "Account"), 10),
        Column(Words("摘要", "Summary"), 36),
        *(Column(side, 16) for side in MONEY),
        Column(Words("余额（借方为正）", "Balance (debit above nothing)"), 20),
    ]
    rows: list[list[Value]] = [
        [
            one.on,
            one.number,
            one.account,
            SUMS[one.sum_of] if one.sum_of else one.text,
            make_money(one.debit_fen),
            make_money(one.credit_fen),
            make_money(one.balance_fen),
        ]
        for one in lines
    ]
    return export_xlsx(request, "ledger", name, columns, rows)
