"""Pays: the lines of a plan of surplus, and what is due under benefit contracts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from huiyin.economy.cooperatives.booking import book_benefits, book_lines
from huiyin.economy.cooperatives.models import BenefitDue, BenefitPayment, SurplusLine, SurplusPlan
from huiyin.economy.cooperatives.promising import FILED
from huiyin.economy.cooperatives.rules import ARTICLE_SURPLUS
from huiyin.economy.cooperatives.values import PART_KINDS, NewPayment
from huiyin.economy.organisations.api import Organisation, demand, note
from huiyin.kernel.money import tell_yuan
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand

RULE = "民法典 第509条：按照约定全面履行"


@transaction.atomic
def pay_lines(
    plan_id: int, numbers: Sequence[int] | None, on: date, by: AccountInHand | None, now: datetime
) -> int:
    """Enter that members (by account number; None: all that wait) were paid their part; answers how many.

    The books say so too. Refuses `not-paying` (the plan is not at that step), `month-closed`,
    `not-your-duty`.
    """
    found = SurplusPlan.objects.select_for_update(of=("self",)).select_related("organisation", "case")
    plan = found.get(pk=plan_id)
    if by is not None:
        demand(by, plan.organisation, "cashier")
    if plan.case.stage != "paying":
        words = Words(
            "方案要经备查、成员大会和公示，才能返还。", "It is paid once open, resolved and posted in turn."
        )
        raise Refusal("not-paying", words, ARTICLE_SURPLUS)
    waiting = plan.lines.filter(paid_on__isnull=True, total_fen__gt=0)
    if numbers is not None:
        waiting = waiting.filter(account__number__in=numbers)
    lines = list(waiting)
    SurplusLine.objects.filter(pk__in=[line.pk for line in lines]).update(paid_on=on)
    _settle(BenefitDue.objects.filter(line__in=lines, paid_fen__lt=F("fen")), plan, on, by, now)
    if lines:
        book_lines(plan, lines, on, by, now)
        total = sum(line.total_fen for line in lines)
        note(plan.organisation, "pay-surplus", by, now, year=plan.year, count=len(lines), fen=total)
    return len(lines)


def _settle(
    dues: Iterable[BenefitDue], plan: SurplusPlan, on: date, by: AccountInHand | None, now: datetime
) -> None:
    """What contracts said of the surplus is paid with the line."""
    held = list(dues)
    BenefitPayment.objects.bulk_create(
        BenefitPayment(
            due=due, paid_on=on, fen=due.fen - due.paid_fen, reference=f"surplus:{plan.year}",
            paid_by_id=by.id if by else None, at=now,
        )
        for due in held
    )  # fmt: skip
    BenefitDue.objects.filter(pk__in=[due.pk for due in held]).update(paid_fen=F("fen"))


@transaction.atomic
def pay_benefits(
    organisation: Organisation, new: Sequence[NewPayment], by: AccountInHand | None, now: datetime
) -> int:
    """Enter payments under benefit contracts, all or none; each goes to the oldest dues of its kind.

    They stand on the books as costs. Refuses what `check_payments` finds first, `month-closed`,
    `not-your-duty`.
    """
    if by is not None:
        demand(by, organisation, "cashier")
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    refused, payments, changed = _spread(organisation, new, by, now)
    for one in refused:
        if one is not None:
            raise one
    BenefitPayment.objects.bulk_create(payments, batch_size=5000)
    BenefitDue.objects.bulk_update(changed, ["paid_fen"], batch_size=1000)
    if payments:
        book_benefits(organisation, payments, by, now)
        note(organisation, "pay-benefits", by, now, count=len(new), fen=sum(one.fen for one in new))
    return len(new)


def check_payments(
    organisation: Organisation, new: Sequence[NewPayment], now: datetime
) -> list[Refusal | None]:
    """For each payment in turn what forbids it, or None; nothing is written: what a preview shows.

    `contract-not-found`, `not-filed`, `part-missing`, `dividend-from-nothing` (a dividend or rebate comes
    from a plan of surplus alone), `too-much` (more than is due in all), `amount-missing`.
    """
    return _spread(organisation, new, None, now)[0]


def _spread(
    organisation: Organisation, new: Sequence[NewPayment], by: AccountInHand | None, now: datetime
) -> tuple[list[Refusal | None], list[BenefitPayment], list[BenefitDue]]:
    dues, contracts = _read_dues(organisation, {one.contract_number for one in new})
    refused: list[Refusal | None] = []
    payments: list[BenefitPayment] = []
    changed: dict[int, BenefitDue] = {}
    for one in new:
        own = dues.get((one.contract_number, one.kind), [])
        refusal = _check(one, contracts, own)
        refused.append(refusal)
        if refusal is None:
            for due, fen in _take(own, one.fen):
                due.paid_fen += fen
                changed[due.pk] = due
                payments.append(
                    BenefitPayment(
                        due=due, paid_on=one.paid_on, fen=fen, reference=one.reference,
                        paid_by_id=by.id if by else None, at=now,
                    )
                )  # fmt: skip
    return refused, payments, list(changed.values())


def _read_dues(
    organisation: Organisation, numbers: set[int]
) -> tuple[dict[tuple[int, str], list[BenefitDue]], dict[int, bool]]:
    """Open dues by contract and kind, the oldest first; and of each contract whether it is filed."""
    own = organisation.benefit_contracts.filter(number__in=numbers)
    contracts = {number: filed is not None for number, filed in own.values_list("number", "filed_on")}
    found = BenefitDue.objects.select_related("part__contract").filter(
        part__contract__organisation=organisation,
        part__contract__number__in=numbers,
        paid_fen__lt=F("fen"),
        line__isnull=True,
    )
    dues: dict[tuple[int, str], list[BenefitDue]] = {}
    for due in found.order_by("due_on", "id"):
        dues.setdefault((due.part.contract.number, due.part.kind), []).append(due)
    return dues, contracts


def _check(one: NewPayment, contracts: dict[int, bool], own: list[BenefitDue]) -> Refusal | None:
    if one.contract_number not in contracts:
        words = Words("没有 {number} 号合同。", "There is no contract {number}.").fill(
            number=one.contract_number
        )
        return Refusal("contract-not-found", words, field="number")
    if one.kind in PART_KINDS and PART_KINDS[one.kind].of_surplus:
        words = Words(
            "“{kind}”只能从盈余分配方案发放。固定给付的是保底收益，请按合同成本支付。",
            "“{kind}” is paid from a plan of surplus alone. What is fixed is guaranteed income: a cost.",
        ).fill(kind=PART_KINDS[one.kind].title)
        return Refusal("dividend-from-nothing", words, ARTICLE_SURPLUS, "kind")
    if not contracts[one.contract_number]:
        words = Words(
            "{number} 号合同还没有报乡镇备案，不能支付。请先备案。",
            "Contract {number} is not filed with the township, so it is not paid. Have it filed first.",
        ).fill(number=one.contract_number)
        return Refusal("not-filed", words, FILED, "number")
    if one.fen <= 0:
        return Refusal("amount-missing", Words("金额要大于零。", "Above nothing."), RULE, "amount")
    left = sum(due.fen - due.paid_fen for due in own)
    if one.fen > left:
        words = Words(
            "{number} 号合同这一项未付的只有 {left} 元，不能付 {fen} 元。",
            "Contract {number}: {left} yuan of this are unpaid, not {fen}.",
        ).fill(number=one.contract_number, left=tell_yuan(left), fen=tell_yuan(one.fen))
        return Refusal("too-much", words, RULE, "amount")
    return None


def _take(dues: Sequence[BenefitDue], fen: int) -> Iterable[tuple[BenefitDue, int]]:
    for due in dues:
        part = min(fen, due.fen - due.paid_fen)
        if part > 0:
            yield due, part
            fen -= part
