"""The contracts of one organisation: the list, one contract, drafting and changing it, money under it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.cases.api import keep_files, record_files
from huiyin.console.api import acting_of, export_xlsx
from huiyin.economy.contracts.api import (
    HINTS,
    KINDS,
    METHODS,
    PARTIES,
    STATES,
    Contract,
    Due,
    Hint,
    Sought,
    change_contract,
    count_open,
    draft_contracts,
    find_state,
    find_ties,
    get_contract,
    list_contracts,
)
from huiyin.economy.organisations.api import Organisation, demand, get_limits, get_seen, may
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.pages.api import Column, number_pages, read_page, status_of_form
from huiyin.people.api import get_account_of, open_to
from huiyin.villages.answering import go
from huiyin.villages.contracts.forms import (
    CONTRACT_FIELDS,
    EVERY,
    Typed,
    describe_contract,
    make_contract,
    read_typed,
)
from huiyin.villages.contracts.parts import DONE, list_uploads, read_walk
from huiyin.villages.frame import show_one
from huiyin.villages.values import READERS

PAGE = 50
SECTION = "contracts"
TONES = {
    "open": "amber",
    "filed": "green",
    "expiring": "amber",
    "expired": "red",
    "ended": "grey",
    "amended": "grey",
    "withdrawn": "grey",
}
FOR_ALL = frozenset({"guarantee"})
COLUMNS = (
    Column(Words("备案号", "Number"), 18),
    Column(Words("合同", "Contract"), 28),
    Column(Words("类型", "Kind")),
    Column(Words("对方", "Counterparty"), 28),
    Column(Words("标的", "Subject"), 28),
    Column(Words("面积（亩）", "Area (mu)"), 12),
    Column(Words("总价（元）", "Price (yuan)")),
    Column(Words("已收付（元）", "Settled (yuan)")),
    Column(Words("拖欠（元）", "Arrears (yuan)")),
    Column(Words("起", "From"), 12),
    Column(Words("止", "Until"), 12),
    Column(Words("状态", "State"), 12),
)


def read_sought(request: HttpRequest, organisation: Organisation) -> Sought:
    """What is asked for, as the address says."""
    today = timezone.localdate()
    warned = get_limits(["expiry-days"], organisation.township_id)["expiry-days"]
    state, kind = request.GET.get("state", ""), request.GET.get("kind", "")
    return Sought(
        today,
        today + timedelta(warned),
        state if state in STATES else "",
        kind if kind in KINDS else "",
        request.GET.get("q", "").strip()[:60],
        request.GET.get("late") == "1",
    )


@require_safe
@open_to(*READERS)
def contracts(request: HttpRequest, code: str) -> HttpResponse:
    """The contracts of an organisation: what they bring or cost, what is late, what ends soon."""
    account = get_account_of(request)
    one = get_seen(code, account)
    sought = read_sought(request, one)
    found = list_contracts(_only(one), sought)
    count = found.count()
    page = read_page(request.GET.dict(), -(-count // PAGE))
    rows = found[(page - 1) * PAGE : page * PAGE]
    context = {
        "rows": [(row, find_state(row, sought.today, sought.soon)) for row in rows],
        "sought": sought,
        "count": count,
        "paging": number_pages(request.GET.dict(), count, PAGE),
        "counts": count_open(one, sought.today, (sought.soon - sought.today).days),
        "may_draft": may(account, one, "bookkeeper"),
        **NAMES,
    }
    return show_one(request, "villages/contracts/contracts.html", context, one, SECTION)


NAMES: dict[str, Any] = {
    "kinds": KINDS,
    "states": STATES,
    "parties": PARTIES,
    "tones": TONES,
    "methods": METHODS,
}


def _only(organisation: Organisation) -> Any:
    return Organisation.objects.filter(pk=organisation.pk)


@require_safe
@open_to(*READERS)
def export_contracts(request: HttpRequest, code: str) -> HttpResponse:
    """The same list as a spreadsheet."""
    acting_of(request)
    one = get_seen(code, get_account_of(request))
    sought = read_sought(request, one)
    rows = (tell_row(row, sought) for row in list_contracts(_only(one), sought))
    return export_xlsx(request, "contracts", f"合同台账 {one.name}", COLUMNS, rows)


def tell_row(row: Any, sought: Sought) -> tuple[Any, ...]:
    """A contract as a row of the spreadsheet."""
    return (
        row.case.number,
        row.title,
        KINDS[row.kind],
        row.counterparty,
        row.subject,
        row.area_mu,
        tell(row.price_fen),
        tell(row.settled),
        tell(row.arrears_fen if row.incoming else 0),
        row.from_on,
        row.until_on,
        STATES[find_state(row, sought.today, sought.soon)],
    )


def tell(fen: int) -> Decimal:
    """Yuan as sheets reckon with."""
    return Decimal(fen).scaleb(-2)


@require_safe
@open_to(*READERS)
def contract(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One contract: its terms, its filing, what is due, what was paid."""
    one = get_seen(code, get_account_of(request))
    return show_contract(request, one, get_contract(pk, one))


def show_contract(
    request: HttpRequest, one: Organisation, found: Contract, refusal: Refusal | None = None
) -> HttpResponse:
    """The page; after a refusal with what was typed."""
    account, acting, today = get_account_of(request), acting_of(request), timezone.localdate()
    soon = today + timedelta(get_limits(["expiry-days"], one.township_id)["expiry-days"])
    dues = list(found.dues.prefetch_related("settlements__voucher__month").order_by("at"))
    state = find_state(found, today, soon)
    context = {
        "contract": found,
        "state": state,
        "walk": read_walk(found.case, acting),
        "dues": [(due, _tell_due(due, today)) for due in dues],
        "due_states": DUE_STATES,
        "left_fen": sum(due.fen - due.settled_fen for due in dues if not due.cancelled),
        "settled_fen": sum(due.settled_fen for due in dues),
        "payments": found.payments.select_related("case", "voucher__month").order_by("pk"),
        "ties": find_ties(one.pk, found.counterparty, found.from_on),
        "hints": Hint.objects.filter(contract=found, dismissed_at__isnull=True).order_by("-on"),
        "hint_kinds": HINTS,
        "may_keep": may(account, one, "bookkeeper"),
        "may_end": may(account, one, "director") and state in {"filed", "expiring", "expired"},
        "may_decide": may(account, one, "director") and found.case.stage == "deciding",
        "refusal": refusal,
        "errors": {refusal.field: refusal.words} if refusal and refusal.field else {},
        "typed": request.POST.dict() if refusal else {},
        "today": today,
        "amended_by": found.amended_by.order_by("pk"),
        **NAMES,
    }
    status = status_of_form(refusal) if refusal else 200
    return show_one(request, "villages/contracts/contract.html", context, one, SECTION, status, DONE)


DUE_STATES = {
    "settled": (Words("已结清", "Settled"), "green"),
    "late": (Words("拖欠", "Late"), "red"),
    "ahead": (Words("未到期", "Not due yet"), "grey"),
    "cancelled": (Words("已取消", "Cancelled"), "grey"),
}


def _tell_due(due: Due, today: Any) -> str:
    if due.settled_fen >= due.fen:
        return "settled"
    if due.cancelled:
        return "cancelled"
    return "late" if due.due_on < today else "ahead"


@require_http_methods(["GET", "HEAD", "POST"])
@open_to("bookkeeper")
def new_contract(request: HttpRequest, code: str) -> HttpResponse:
    """The form of a new contract, or of one that changes another (`?amends=`)."""
    account, acting = get_account_of(request), acting_of(request)
    one = get_seen(code, account)
    amends = _find_amended(request, one)
    if request.method != "POST":
        typed = describe_contract(amends) if amends else {**dict.fromkeys(CONTRACT_FIELDS, ""), "every": "12"}
        return _show_form(request, one, typed, amends=amends)
    typed = read_typed(request.POST.dict(), CONTRACT_FIELDS)
    now = timezone.now()
    try:
        demand(account, one, "bookkeeper")
        new = make_contract(typed, one.pk, amends.pk if amends else None)
        kept = keep_files(list_uploads(request))
        key = clean(request.POST.get("client_key", ""))[:64] or None
        made = draft_contracts([new], acting, now, [key])[0]
        record_files(made.case_id, kept, acting.name, now, public=False)
    except Refusal as refusal:
        return _show_form(request, one, typed, refusal, amends=amends)
    return go("drafted", "contract", one.code, made.pk)


def _find_amended(request: HttpRequest, one: Organisation) -> Contract | None:
    given = request.POST.get("amends") or request.GET.get("amends", "")
    return get_contract(int(given), one) if given.isdecimal() and len(given) < 16 else None


@require_http_methods(["GET", "HEAD", "POST"])
@open_to("bookkeeper")
def change(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The same form for a contract that is still being drafted."""
    account = get_account_of(request)
    acting_of(request)
    one = get_seen(code, account)
    found = get_contract(pk, one)
    if request.method != "POST":
        return _show_form(request, one, describe_contract(found), contract=found)
    typed = read_typed(request.POST.dict(), CONTRACT_FIELDS)
    try:
        change_contract(found.pk, make_contract(typed, one.pk), account, timezone.now())
    except Refusal as refusal:
        return _show_form(request, one, typed, refusal, contract=found)
    return go("changed", "contract", one.code, found.pk)


def _show_form(
    request: HttpRequest,
    one: Organisation,
    typed: Typed,
    refusal: Refusal | None = None,
    contract: Contract | None = None,
    amends: Contract | None = None,
) -> HttpResponse:
    context = {
        "typed": typed,
        "refusal": refusal,
        "errors": {refusal.field: refusal.words} if refusal else {},
        "contract": contract,
        "amends": amends,
        "every": EVERY,
        **NAMES,
    }
    status = status_of_form(refusal) if refusal else 200
    return show_one(request, "villages/contracts/draft.html", context, one, SECTION, status)
