"""The large payments of one organisation: the list, the form, one payment."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.cases.api import get_newest, keep_files, record_files
from huiyin.console.api import acting_of, export_xlsx
from huiyin.economy.books.api import get_chart
from huiyin.economy.contracts.api import (
    PARTIES,
    SPENDING,
    WAYS,
    Contract,
    Payment,
    ask_payments,
    find_ties,
    get_payment,
    list_payments,
)
from huiyin.economy.organisations.api import Organisation, demand, get_limits, get_seen, may
from huiyin.kernel.money import tell_yuan
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.pages.api import Column, number_pages, read_page, status_of_form
from huiyin.people.api import get_account_of, open_to
from huiyin.villages.answering import go
from huiyin.villages.contracts.forms import PAYMENT_FIELDS, Typed, make_payment, read_typed
from huiyin.villages.contracts.parts import DONE, list_uploads, read_walk
from huiyin.villages.frame import show_one
from huiyin.villages.values import READERS

PAGE = 50
SECTION = "spending"
PAID_FROM = (
    "112",
    "121",
    "131",
    "132",
    "134",
    "141",
    "151",
    "153",
    "161",
    "171",
    "201",
    "211",
    "212",
    "213",
    "214",
    "221",
    "231",
    "241",
    "401",
    "511",
    "512",
    "513",
    "514",
    "515",
    "521",
)
"""Accounts of the collective's chart that a payment is debited to."""
COLUMNS = (
    Column(Words("备案号", "Number"), 18),
    Column(Words("用途", "Purpose"), 28),
    Column(Words("收款人", "Payee"), 28),
    Column(Words("金额（元）", "Amount (yuan)")),
    Column(Words("方式", "Way"), 10),
    Column(Words("合同", "Contract"), 24),
    Column(Words("状态", "State")),
    Column(Words("支付日", "Paid on"), 12),
    Column(Words("凭证", "Voucher"), 14),
)


@require_safe
@open_to(*READERS)
def spending(request: HttpRequest, code: str) -> HttpResponse:
    """The payments that were asked for, by where they stand."""
    account = get_account_of(request)
    one = get_seen(code, account)
    found = _find(request, one)
    count = found.count()
    page = read_page(request.GET.dict(), -(-count // PAGE))
    context = {
        "rows": found[(page - 1) * PAGE : page * PAGE],
        "count": count,
        "stage": request.GET.get("stage", ""),
        "wanted": request.GET.get("q", "").strip()[:60],
        "stages": list_stages(),
        "paging": number_pages(request.GET.dict(), count, PAGE),
        "limits": get_limits(["filing-line", "split-days", "cash-line"], one.township_id),
        "may_ask": may(account, one, "bookkeeper", "director"),
        "ways": WAYS,
    }
    return show_one(request, "villages/contracts/spending.html", context, one, SECTION)


def list_stages() -> dict[str, Words]:
    """Every stage of a payment by key."""
    return {stage.key: stage.title for stage in get_newest(SPENDING).stages.values()}


def _find(request: HttpRequest, one: Organisation) -> Any:
    stage = request.GET.get("stage", "")
    mine = Organisation.objects.filter(pk=one.pk)
    return list_payments(mine, stage if stage in list_stages() else "", request.GET.get("q", "")[:60])


@require_safe
@open_to(*READERS)
def export_spending(request: HttpRequest, code: str) -> HttpResponse:
    """The same list as a spreadsheet."""
    acting_of(request)
    one = get_seen(code, get_account_of(request))
    stages = list_stages()
    rows = (
        (
            row.case.number, row.purpose, row.payee, Decimal(row.fen).scaleb(-2), WAYS[row.way],
            row.contract.title if row.contract else "", stages[row.case.stage], row.paid_on,
            f"{row.voucher.month.month:%Y-%m}-{row.voucher.number}" if row.voucher else "",
        )
        for row in _find(request, one)
    )  # fmt: skip
    return export_xlsx(request, "spending", f"大额支出 {one.name}", COLUMNS, rows)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to("bookkeeper", "director")
def new_payment(request: HttpRequest, code: str) -> HttpResponse:
    """The form; sent, it opens the case of the payment."""
    account, acting = get_account_of(request), acting_of(request)
    one = get_seen(code, account)
    if request.method != "POST":
        return _show_form(request, one, _begin(request, one))
    typed, now = read_typed(request.POST.dict(), PAYMENT_FIELDS), timezone.now()
    try:
        demand(account, one, "bookkeeper", "director")
        new = make_payment(typed, one.pk)
        kept = keep_files(list_uploads(request))
        key = clean(request.POST.get("client_key", ""))[:64] or None
        made = ask_payments([new], acting, now, [key])[0]
        record_files(made.case_id, kept, acting.name, now, public=False)
    except Refusal as refusal:
        return _show_form(request, one, typed, refusal)
    return go("drafted", "payment", one.code, made.pk)


def _begin(request: HttpRequest, one: Organisation) -> Typed:
    typed = {**dict.fromkeys(PAYMENT_FIELDS, ""), "party": "company", "way": "bank", "account": "511"}
    given, _, due = request.GET.get("contract", "").partition(".")
    if given.isdecimal() and len(given) < 16:
        contract = _list_contracts(one).filter(pk=int(given)).first()
        if contract is not None:
            payee = contract.counterparty
            typed |= {"payee": payee, "holder": payee, "purpose": contract.title, "party": contract.party}
            typed["contract"] = f"{contract.pk}.{due}" if due else str(contract.pk)
    return typed


def _list_contracts(one: Organisation) -> Any:
    held = Contract.objects.filter(organisation=one, incoming=False, ended_on__isnull=True)
    return held.exclude(case__stage="withdrawn").order_by("title", "pk")


def _show_form(
    request: HttpRequest, one: Organisation, typed: Typed, refusal: Refusal | None = None
) -> HttpResponse:
    chart = get_chart(one.standard)
    accounts = [(code, f"{code} {chart[code].title.zh}") for code in PAID_FROM if code in chart]
    context = {
        "typed": typed,
        "refusal": refusal,
        "errors": {refusal.field: refusal.words} if refusal else {},
        "accounts": accounts,
        "contracts": _list_choices(one),
        "parties": PARTIES,
        "ways": WAYS,
        "limits": get_limits(["filing-line", "split-days", "cash-line"], one.township_id),
    }
    status = status_of_form(refusal) if refusal else 200
    return show_one(request, "villages/contracts/ask.html", context, one, SECTION, status)


def _list_choices(one: Organisation) -> list[tuple[str, str]]:
    """Contracts that are paid, and each of their open dues."""
    choices: list[tuple[str, str]] = []
    for contract in _list_contracts(one).prefetch_related("dues"):
        choices.append((str(contract.pk), f"{contract.title} · {contract.counterparty}"))
        choices += [
            (
                f"{contract.pk}.{due.pk}",
                f"　第 {due.at} 期 {due.due_on} {tell_yuan(due.fen - due.settled_fen)}",
            )
            for due in sorted(contract.dues.all(), key=lambda due: due.at)
            if due.settled_fen < due.fen and not due.cancelled
        ]
    return choices


@require_safe
@open_to(*READERS)
def payment(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One payment: what, to whom, by which hands; what is to be done next."""
    one = get_seen(code, get_account_of(request))
    return show_payment(request, one, get_payment(pk, one))


def show_payment(
    request: HttpRequest, one: Organisation, found: Payment, refusal: Refusal | None = None
) -> HttpResponse:
    """The page; after a refusal with what was typed."""
    chart = get_chart(one.standard)
    account = chart.get(found.account.partition("-")[0])
    context = {
        "payment": found,
        "walk": read_walk(found.case, acting_of(request)),
        "account_title": account.title if account else Words(found.account),
        "ties": find_ties(one.pk, found.payee, timezone.localdate()),
        "line": get_limits(["filing-line"], one.township_id)["filing-line"],
        "ways": WAYS,
        "parties": PARTIES,
        "refusal": refusal,
        "errors": {refusal.field: refusal.words} if refusal and refusal.field else {},
        "typed": request.POST.dict() if refusal else {},
    }
    status = status_of_form(refusal) if refusal else 200
    return show_one(request, "villages/contracts/payment.html", context, one, SECTION, status, DONE)
