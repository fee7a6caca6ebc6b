"""The statements of all organisations that an account sees, added up; each of them below."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from huiyin.console.api import export_xlsx
from huiyin.economy.books.api import last_of, month_before
from huiyin.economy.organisations.api import Standard, list_seen
from huiyin.economy.watch.api import Consolidated, consolidate
from huiyin.kernel.money import to_yuan
from huiyin.kernel.texts import read_number
from huiyin.kernel.words import Words
from huiyin.pages.api import Column, Value
from huiyin.people.api import get_account_of, open_to
from huiyin.villages.books.frame import read_month
from huiyin.villages.books.views_closing import offer_months_until
from huiyin.villages.frame import show_many
from huiyin.villages.values import READERS

COLUMNS = [
    Column(Words("编码", "Code"), 20),
    Column(Words("名称", "Name"), 30),
    Column(Words("乡镇", "Township"), 14),
    Column(Words("资产", "Assets")),
    Column(Words("负债", "Liabilities")),
    Column(Words("所有者权益", "Equity")),
    Column(Words("本年收入", "Income of the year")),
    Column(Words("本年支出", "Expense of the year")),
]


@require_safe
@open_to(*READERS)
def statements(request: HttpRequest) -> HttpResponse:
    """资产负债汇总 of the collectives at the end of a month, of all townships or one."""
    month = read_month(request.GET.get("month", "")) or month_before(timezone.localdate())
    seen = list(list_seen(get_account_of(request)).filter(standard=Standard.COLLECTIVE))
    township = read_number(request.GET.get("township", "")) or 0
    chosen = [one for one in seen if township in {0, one.township_id}]
    together = consolidate(chosen, Standard.COLLECTIVE, last_of(month))
    if request.GET.get("as") == "xlsx":
        return _export(request, together, month)
    context = {
        "together": together,
        "month": month,
        "months": offer_months_until(month),
        "townships": sorted({(str(one.township_id), one.township.short) for one in seen}),
        "township": str(township or ""),
    }
    return show_many(request, "villages/books/together.html", context, "statements")


def _export(request: HttpRequest, together: Consolidated, month: date) -> HttpResponse:
    rows: list[list[Value]] = [
        [
            one.organisation.code,
            one.organisation.called,
            one.organisation.township.short,
            *map(
                to_yuan,
                (one.assets_fen, one.liabilities_fen, one.equity_fen, one.income_fen, one.expense_fen),
            ),
        ]
        for one in together.positions
    ]
    return export_xlsx(request, "statements", f"报表汇总 {month:%Y-%m}", COLUMNS, rows)
