"""Lists contracts, what is due under them, and payments, as an account sees them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, F, Min, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from huiyin.economy.contracts.models import Contract, Due, Payment
from huiyin.economy.contracts.values import FILING, SPENDING
from huiyin.economy.organisations.api import Organisation, list_seen
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand

STATES: dict[str, Words] = {
    "open": Words("未备案", "Not filed"),
    "filed": Words("履行中", "In force"),
    "expiring": Words("即将到期", "Ends soon"),
    "expired": Words("已到期", "Expired"),
    "ended": Words("已终止", "Ended"),
    "amended": Words("已变更", "Amended"),
    "withdrawn": Words("已撤回", "Withdrawn"),
}
"""Where a contract stands."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What of the contracts is asked for; empty is everything. `soon` is the last day of “ends soon”."""

    today: date
    soon: date
    state: str = ""
    kind: str = ""
    words: str = ""
    arrears: bool = False


def find_state(contract: Contract, today: date, soon: date) -> str:
    """The key in `STATES`."""
    if contract.ended_on is not None:
        return "amended" if contract.ended_why == "amended" else "ended"
    if contract.filed_at is None:
        return "withdrawn" if contract.case.stage == "withdrawn" else "open"
    if contract.until_on < today:
        return "expired"
    return "expiring" if contract.until_on <= soon else "filed"


def list_contracts(organisations: QuerySet[Organisation], sought: Sought) -> QuerySet[Contract]:
    """The contracts of these organisations that are sought, with `settled`, `arrears_fen` and `next_on`."""
    late = Q(dues__due_on__lt=sought.today, dues__cancelled=False, dues__settled_fen__lt=F("dues__fen"))
    ahead = Q(dues__cancelled=False, dues__settled_fen__lt=F("dues__fen"))
    found = (
        Contract.objects.filter(organisation__in=organisations.order_by().values("pk"))
        .select_related("organisation__township", "case")
        .annotate(
            settled=Coalesce(Sum("dues__settled_fen"), 0),
            arrears_fen=Coalesce(Sum(F("dues__fen") - F("dues__settled_fen"), filter=late), 0),
            next_on=Min("dues__due_on", filter=ahead),
        )
    )
    return _narrow(found, sought).order_by("until_on", "pk")


def _narrow(found: QuerySet[Contract], sought: Sought) -> QuerySet[Contract]:
    live = Q(filed_at__isnull=False, ended_on__isnull=True)
    states = {
        "open": Q(filed_at__isnull=True) & ~Q(case__stage="withdrawn"),
        "filed": live & Q(until_on__gt=sought.soon),
        "expiring": live & Q(until_on__gte=sought.today, until_on__lte=sought.soon),
        "expired": live & Q(until_on__lt=sought.today),
        "ended": Q(ended_on__isnull=False) & ~Q(ended_why="amended"),
        "amended": Q(ended_why="amended"),
        "withdrawn": Q(case__stage="withdrawn"),
    }
    if sought.state in states:
        found = found.filter(states[sought.state])
    if sought.kind:
        found = found.filter(kind=sought.kind)
    words = clean(sought.words)
    if words:
        found = found.filter(Q(title__icontains=words) | Q(counterparty__icontains=words))
    return found.filter(Q(arrears_fen__gt=0), incoming=True) if sought.arrears else found


def get_contract(contract_id: int, organisation: Organisation) -> Contract:
    """The contract of that organisation; refuses `contract-not-found`."""
    held = Contract.objects.select_related("organisation__township", "case", "amends", "made_by", "filed_by")
    found = held.filter(pk=contract_id, organisation=organisation).first()
    if found is None:
        raise Refusal("contract-not-found", Words("没有这份合同。", "There is no such contract."))
    return found


def get_payment(payment_id: int, organisation: Organisation) -> Payment:
    """The payment of that organisation; refuses `payment-not-found`."""
    related = (
        "organisation__township",
        "case",
        "contract",
        "due",
        "voucher__month",
        "asked_by",
        "overseen_by",
        "filed_by",
        "paid_by",
    )
    found = Payment.objects.select_related(*related).filter(pk=payment_id, organisation=organisation).first()
    if found is None:
        raise Refusal("payment-not-found", Words("没有这笔支出。", "There is no such payment."))
    return found


def list_payments(
    organisations: QuerySet[Organisation], stage: str = "", words: str = ""
) -> QuerySet[Payment]:
    """The payments of these organisations, newest first; by stage of their case, by payee or purpose."""
    found = Payment.objects.select_related(
        "organisation__township", "case", "contract", "voucher__month"
    ).filter(organisation__in=organisations.order_by().values("pk"))
    if stage:
        found = found.filter(case__stage=stage)
    if clean(words):
        found = found.filter(Q(payee__icontains=clean(words)) | Q(purpose__icontains=clean(words)))
    return found.order_by("-case__opened_at", "-pk")


def list_late_dues(account: AccountInHand, today: date, township_id: int | None = None) -> QuerySet[Due]:
    """What should have come in by `today` and has not, the oldest first."""
    seen = list_seen(account).order_by()
    if township_id is not None:
        seen = seen.filter(township_id=township_id)
    return (
        Due.objects.select_related("contract__organisation__township")
        .filter(
            contract__organisation__in=seen.values("pk"),
            contract__incoming=True,
            contract__filed_at__isnull=False,
            cancelled=False,
            due_on__lt=today,
            settled_fen__lt=F("fen"),
        )
        .order_by("due_on", "pk")
    )


@dataclass(frozen=True, slots=True)
class Waiting:
    """A filing that waits for the township: its process, of whom, with whom, how much, since when."""

    number: str
    process: str
    title: str
    organisation: Organisation
    other: str
    fen: int
    pk: int
    reported_at: datetime


def list_waiting(account: AccountInHand) -> list[Waiting]:
    """Contracts and payments that the townships seen are to file, the oldest first."""
    seen = list_seen(account).order_by().values("pk")
    asked = {"organisation__in": seen, "case__stage": "reviewing"}
    contracts = Contract.objects.select_related("organisation__township", "case").filter(**asked)
    payments = Payment.objects.select_related("organisation__township", "case").filter(**asked)
    rows = [
        *(_wait(FILING, one, one.title, one.counterparty, one.price_fen) for one in contracts),
        *(_wait(SPENDING, one, one.purpose, one.payee, one.fen) for one in payments),
    ]
    return sorted(rows, key=lambda row: (row.reported_at, row.number))


def _wait(process: str, one: Contract | Payment, title: str, other: str, fen: int) -> Waiting:
    return Waiting(one.case.number, process, title, one.organisation, other, fen, one.pk, one.case.moved_at)


def find_filing(case_id: int) -> Contract | Payment | None:
    """The contract or payment whose case that is; None for any other case."""
    contract = Contract.objects.select_related("organisation").filter(case_id=case_id).first()
    return contract or Payment.objects.select_related("organisation").filter(case_id=case_id).first()


def count_open(organisation: Organisation, today: date, warned_days: int) -> dict[str, int]:
    """How many contracts of it wait for filing, end soon, are late; how many payments wait."""
    soon = today + timedelta(warned_days)
    own = Contract.objects.filter(organisation=organisation)
    live = Q(filed_at__isnull=False, ended_on__isnull=True)
    counted = own.aggregate(
        open=Count("pk", filter=Q(filed_at__isnull=True) & ~Q(case__stage="withdrawn")),
        expiring=Count("pk", filter=live & Q(until_on__gte=today, until_on__lte=soon)),
        expired=Count("pk", filter=live & Q(until_on__lt=today)),
    )
    late = Due.objects.filter(
        contract__organisation=organisation, contract__incoming=True, contract__filed_at__isnull=False,
        cancelled=False, due_on__lt=today, settled_fen__lt=F("fen"),
    ).aggregate(fen=Coalesce(Sum(F("fen") - F("settled_fen")), 0))  # fmt: skip
    return {**counted, "late_fen": late["fen"]}
