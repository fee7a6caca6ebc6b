"""Benefit contracts of a co-operative: made, filed, what is due, paid and overdue under each."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.console.api import export_xlsx
from huiyin.economy.cooperatives.api import (
    PATTERNS,
    BenefitContract,
    NewContract,
    NewPart,
    NewPayment,
    file_contracts,
    get_benefit_contract,
    list_accounts,
    list_benefit_contracts,
    list_dues,
    make_contracts,
    pay_benefits,
    sum_benefits,
    sum_contracts,
)
from huiyin.economy.organisations.api import Organisation
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean, read_number
from huiyin.kernel.words import Words
from huiyin.pages.api import number_pages, read_page, url
from huiyin.people.api import get_account_of, open_to
from huiyin.villages.cooperatives.frame import answer_form, get_cooperative, may_do, show_part
from huiyin.villages.cooperatives.sheets import CONTRACTS, tell_contract
from huiyin.villages.cooperatives.typed import read_count, read_day, read_sum, read_words
from huiyin.villages.values import READERS

PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*READERS)
def benefits(request: HttpRequest, code: str) -> HttpResponse:
    """The contracts with due, paid and overdue; the township files them here."""
    organisation = get_cooperative(request, code)

    def draw(refusal: Refusal | None) -> HttpResponse:
        return _draw(request, organisation, refusal)

    def act() -> str:
        picked = [read_number(one) or 0 for one in request.POST.getlist("pick")]
        today = timezone.localdate()
        file_contracts(organisation, picked or None, today, get_account_of(request), timezone.now())
        return url("villages:benefits", organisation.code) + "?done=filed"

    return answer_form(act, draw) if request.method == "POST" else draw(None)


def _draw(request: HttpRequest, organisation: Organisation, refusal: Refusal | None) -> HttpResponse:
    today = timezone.localdate()
    sums = sum_contracts(organisation.pk, today)
    found = list_benefit_contracts(organisation.pk)
    state = request.GET.get("state", "")
    if state == "unfiled":
        found = found.filter(filed_on__isnull=True)
    if state == "overdue":
        found = found.filter(pk__in=[pk for pk, (_, _, late) in sums.items() if late])
    count = found.count()
    page = read_page(request.GET.dict(), -(-count // PAGE))
    context = {
        "rows": [(one, *sums[one.pk]) for one in found[(page - 1) * PAGE : page * PAGE]],
        "count": count,
        "paging": number_pages(request.GET.dict(), count, PAGE),
        "sums": sum_benefits([organisation.pk], today).get(organisation.pk),
        "state": state,
        "may_enter": may_do(request, organisation, "bookkeeper"),
        "may_file": may_do(request, organisation, "rural"),
        "may_pay": may_do(request, organisation, "cashier"),
    }
    return show_part(request, "benefits.html", context, organisation, "benefits", refusal)


@require_safe
@open_to(*READERS)
def benefits_sheet(request: HttpRequest, code: str) -> HttpResponse:
    """The contracts as a spreadsheet."""
    organisation = get_cooperative(request, code)
    sums = sum_contracts(organisation.pk, timezone.localdate())
    rows = (tell_contract(one, sums[one.pk]) for one in list_benefit_contracts(organisation.pk))
    return export_xlsx(request, "benefits", f"{organisation.name}联农带农合同", CONTRACTS, rows)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to("bookkeeper")
def new_benefit(request: HttpRequest, code: str) -> HttpResponse:
    """The form of a contract: its pattern is chosen first, then each of its parts is filled in."""
    organisation = get_cooperative(request, code)
    typed = request.POST if request.method == "POST" else request.GET
    pattern = typed.get("pattern", "")

    def draw(refusal: Refusal | None) -> HttpResponse:
        context = {
            "pattern": pattern if pattern in PATTERNS else "",
            "chosen": PATTERNS.get(pattern),
            "today": timezone.localdate(),
        }
        return show_part(request, "new-benefit.html", context, organisation, "benefits", refusal)

    def act() -> str:
        made = make_contracts(
            organisation, [_read(request, organisation)], get_account_of(request), timezone.now()
        )
        return f"{url('villages:benefit', organisation.code, made[0].pk)}?done=entered"

    return answer_form(act, draw) if request.method == "POST" else draw(None)


def _read(request: HttpRequest, organisation: Organisation) -> NewContract:
    typed = request.POST.dict()
    pattern = PATTERNS.get(typed.get("pattern", ""))
    if pattern is None:
        raise Refusal("no-such-pattern", Words("请选择联结方式。", "Choose the pattern."), field="pattern")
    account = list_accounts(organisation.pk).filter(number=read_count(typed, "number")).first()
    if account is None:
        words = Words("没有这个成员账户号。", "There is no such account.")
        raise Refusal("member-not-found", words, field="number")
    wanted = [kind for kind in pattern.kinds if kind in pattern.needs or typed.get(f"with_{kind}")]
    return NewContract(
        typed.get("pattern", ""),
        read_day(typed, "signed_on"),
        read_day(typed, "starts_on"),
        read_day(typed, "ends_on"),
        tuple(_read_part(typed, kind) for kind in wanted),
        account.pk,
        account.household_id,
    )


def _read_part(typed: dict[str, str], kind: str) -> NewPart:
    note = read_words(typed, f"note_{kind}")
    if not clean(typed.get(f"fen_{kind}", "")):
        return NewPart(kind, note=note)
    return NewPart(
        kind,
        read_sum(typed, f"fen_{kind}"),
        typed.get(f"schedule_{kind}", "yearly"),
        read_day(typed, f"day_{kind}"),
        note,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*READERS)
def benefit(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One contract: its parts, every due with what was paid; the cashier enters a payment."""
    organisation = get_cooperative(request, code)
    contract = get_benefit_contract(organisation.pk, pk)

    def draw(refusal: Refusal | None) -> HttpResponse:
        today = timezone.localdate()
        dues = list_dues(contract)
        context = {
            "contract": contract,
            "contract_parts": contract.parts.order_by("id"),
            "dues": dues,
            "due": sum(one.fen for one in dues if one.due_on <= today),
            "paid": sum(one.paid_fen for one in dues),
            "overdue": sum(one.fen - one.paid_fen for one in dues if one.due_on < today),
            "may_pay": may_do(request, organisation, "cashier"),
            "may_file": may_do(request, organisation, "rural") and contract.filed_on is None,
            "today": today,
        }
        return show_part(request, "benefit.html", context, organisation, "benefits", refusal)

    def act() -> str:
        done = _carry_out(request, organisation, contract)
        return f"{url('villages:benefit', organisation.code, contract.pk)}?done={done}"

    return answer_form(act, draw) if request.method == "POST" else draw(None)


def _carry_out(request: HttpRequest, organisation: Organisation, contract: BenefitContract) -> str:
    typed, by, now = request.POST.dict(), get_account_of(request), timezone.now()
    if typed.get("do") == "file":
        file_contracts(organisation, [contract.pk], timezone.localdate(), by, now)
        return "filed"
    new = NewPayment(
        contract.number,
        typed.get("kind", ""),
        read_sum(typed, "amount"),
        read_day(typed, "paid_on"),
        read_words(typed, "reference"),
    )
    pay_benefits(organisation, [new], by, now)
    return "paid"
