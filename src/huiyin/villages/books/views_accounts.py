"""The chart of an organisation with its own sub-accounts."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from huiyin.console.api import export_xlsx
from huiyin.economy.books.api import GIVEN, get_chart, list_subaccounts, save_subaccount
from huiyin.economy.organisations.api import Organisation, get_seen, may
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.pages.api import Column, Value
from huiyin.people.api import get_account_of, open_to
from huiyin.villages.answering import go_to
from huiyin.villages.books.frame import show_books
from huiyin.villages.values import READERS

KINDS = {
    "asset": Words("资产", "Asset"),
    "liability": Words("负债", "Liability"),
    "equity": Words("权益", "Equity"),
    "cost": Words("成本", "Cost"),
    "income": Words("收入", "Income"),
    "expense": Words("费用", "Expense"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*READERS)
def accounts(request: HttpRequest, code: str) -> HttpResponse:
    """The accounts of the chart and below them; the bookkeeper adds, renames and closes sub-accounts."""
    account = get_account_of(request)
    organisation = get_seen(code, account)
    if request.GET.get("as") == "xlsx":
        return _export(request, organisation)
    if request.method != "POST":
        return _show(request, organisation)
    sent = request.POST
    try:
        save_subaccount(
            organisation,
            sent.get("code", ""),
            sent.get("name", ""),
            account,
            timezone.now(),
            active=sent.get("do") != "close",
        )
    except Refusal as refusal:
        return _show(request, organisation, refusal)
    return go_to(reverse("villages:book-accounts", args=[code]), "kept")


def _list(organisation: Organisation) -> list[tuple[str, Words, str, bool, bool]]:
    """Code, title, kind, whether it is the organisation's own, whether it is in use."""
    chart = get_chart(organisation.standard)
    rows = [(code, one.title, one.kind, False, True) for code, one in chart.items()]
    rows += [(code, title, "", False, True) for code, title in GIVEN[organisation.standard].items()]
    rows += [(one.code, Words(one.name), "", True, one.active) for one in list_subaccounts(organisation)]
    return sorted(rows)


def _show(request: HttpRequest, organisation: Organisation, refusal: Refusal | None = None) -> HttpResponse:
    context = {
        "rows": _list(organisation),
        "kinds": KINDS,
        "count": len(get_chart(organisation.standard)),
        "writes": may(get_account_of(request), organisation, "bookkeeper"),
        "typed": request.POST,
        "errors": {refusal.field: refusal.words} if refusal and refusal.field else {},
    }
    return show_books(request, "villages/books/accounts.html", context, organisation, "accounts", refusal)


def _export(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    columns = [
        Column(Words("科目", "Account"), 12),
        Column(Words("名称", "Title"), 30),
        Column(Words("类别", "Kind"), 10),
    ]
    rows: list[list[Value]] = [
        [code, title, KINDS[kind] if kind else ""] for code, title, kind, _own, _active in _list(organisation)
    ]
    return export_xlsx(request, "accounts", f"{organisation.name} 会计科目", columns, rows)
