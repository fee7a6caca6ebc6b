"""What is done on the page of a contract or a payment: moves of its filing, money under it, its end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from huiyin.cases.api import get_seen_case
from huiyin.console.api import acting_of
from huiyin.economy.contracts.api import (
    Contract,
    Receipt,
    end_contract,
    find_filing,
    get_contract,
    get_payment,
    match_voucher,
    receive,
    set_method,
)
from huiyin.economy.organisations.api import get_seen
from huiyin.kernel.money import read_yuan
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean, read_number
from huiyin.kernel.words import Words
from huiyin.pages.api import url
from huiyin.people.api import AccountInHand, get_account_of, open_to
from huiyin.villages.answering import go, go_to, read_day
from huiyin.villages.contracts.parts import make_move
from huiyin.villages.contracts.views_contracts import show_contract
from huiyin.villages.contracts.views_spending import show_payment
from huiyin.villages.values import OFFICERS, READERS

ACTORS = (*OFFICERS, "rural")


@require_safe
@open_to(*READERS)
def filing(request: HttpRequest, number: str) -> HttpResponse:
    """From the number of its case to the page of a contract or payment."""
    account = get_account_of(request)
    case = get_seen_case(number, acting_of(request))
    found = find_filing(case.pk)
    if found is None:
        words = Words("这个工单不是合同备案或者大额支出。", "That case is neither a contract nor a payment.")
        raise Refusal("filing-not-found", words)
    one = get_seen(found.organisation.code, account)
    route = "contract" if isinstance(found, Contract) else "payment"
    return go_to(url(f"villages:{route}", one.code, found.pk))


@require_POST
@open_to(*ACTORS)
def act_on_contract(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One act, named by `do`; refused, the page is shown again with what was typed."""
    account, acting = get_account_of(request), acting_of(request)
    one = get_seen(code, account)
    found = get_contract(pk, one)
    wanted = request.POST.get("do", "")
    act = ACTS.get(wanted)
    try:
        if act is not None:
            done = act(request, found, account)
        else:
            if wanted == "resolve":
                _set_method(request, found, account)
            make_move(request, found.case, acting, wanted)
            done = "moved"
    except Refusal as refusal:
        return show_contract(request, one, get_contract(pk, one), refusal)
    return go(done, "contract", one.code, found.pk)


def _set_method(request: HttpRequest, found: Contract, account: AccountInHand) -> None:
    method, resolution = request.POST.get("method", ""), request.POST.get("resolution", "")
    set_method(found.pk, method, resolution, account, timezone.now())


def _receive(request: HttpRequest, found: Contract, account: AccountInHand) -> str:
    due = _find_due(request, found)
    receipt = Receipt(
        due,
        read_yuan(request.POST.get("amount", "")),
        read_day(request.POST.get("on", ""), "on"),
        "cash" if request.POST.get("way") == "cash" else "bank",
        request.POST.get("account", "501")[:12],
        clean(request.POST.get("client_key", ""))[:64] or None,
    )
    receive(receipt, account, timezone.now())
    return "received"


def _match(request: HttpRequest, found: Contract, account: AccountInHand) -> str:
    due = _find_due(request, found)
    month = request.POST.get("month", "")
    first = read_day(f"{month}-01" if len(month) == 7 else month, "month")
    number = read_number(request.POST.get("number", "").strip(), 6) or 0
    match_voucher(due, date(first.year, first.month, 1), number, account, timezone.now())
    return "matched"


def _end(request: HttpRequest, found: Contract, account: AccountInHand) -> str:
    on = read_day(request.POST.get("on", ""), "on")
    end_contract(found.pk, on, request.POST.get("reason", "")[:400], account, timezone.now())
    return "ended"


def _find_due(request: HttpRequest, found: Contract) -> int:
    due = read_number(request.POST.get("due", ""))
    if due is None or not found.dues.filter(pk=due).exists():
        raise Refusal("due-not-found", Words("请选择哪一期。", "Choose which due."), field="due")
    return due


ACTS: dict[str, Callable[[HttpRequest, Contract, AccountInHand], str]] = {
    "receive": _receive,
    "match": _match,
    "end": _end,
}


@require_POST
@open_to(*ACTORS)
def act_on_payment(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """A move of a payment's filing, named by `do`; `pay` posts its voucher."""
    account, acting = get_account_of(request), acting_of(request)
    one = get_seen(code, account)
    found = get_payment(pk, one)
    move = request.POST.get("do", "")
    try:
        make_move(request, found.case, acting, move)
    except Refusal as refusal:
        return show_payment(request, one, get_payment(pk, one), refusal)
    return go("paid" if move == "pay" else "moved", "payment", one.code, found.pk)
