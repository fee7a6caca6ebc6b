"""What the books say of surplus and of benefits paid: vouchers by rule, filed before they pay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db.models import Sum

from huiyin.economy.books.api import Line, NewVoucher, Voucher, post_vouchers
from huiyin.economy.cooperatives.models import BenefitPayment, SurplusLine, SurplusPlan
from huiyin.economy.cooperatives.values import PART_KINDS
from huiyin.economy.organisations.api import Organisation
from huiyin.people.api import AccountInHand

BENEFIT, SURPLUS = "benefit", "surplus"
"""Starts of the sources of these vouchers."""

BANK = "102"
EXPENSES: Mapping[str, str] = {"guaranteed": "521", "rent": "521", "wage": "521", "pension": "522"}
"""By part of a contract, the expense that it is (财会〔2021〕37号): what is guaranteed is a cost."""

RESERVE, DIVIDED, BY_VOLUME, BY_REST = "322", "332", "221", "222"
"""盈余公积, 盈余分配, 应付盈余返还, 应付剩余盈余."""


def book_plan(plan: SurplusPlan, on: date, now: datetime) -> None:
    """The surplus as it was resolved: out of 盈余分配, into the reserve and what is owed to the members."""
    lines = (
        Line(DIVIDED, plan.distributable_fen + plan.reserve_fen, f"{plan.year} 年盈余分配"),
        Line(RESERVE, -plan.reserve_fen, "提取公积金"),
        Line(BY_VOLUME, -plan.by_volume_fen, "按交易量返还"),
        Line(BY_REST, -plan.by_rest_fen, "剩余盈余分配"),
    )
    voucher = NewVoucher(
        plan.organisation_id, on, f"{plan.year} 年盈余分配方案", [line for line in lines if line.fen],
        source=f"{SURPLUS}:{plan.pk}", key=f"{SURPLUS}:{plan.pk}:{plan.attempt}",
    )  # fmt: skip
    post_vouchers([voucher], None, now)


def book_lines(
    plan: SurplusPlan, lines: Sequence[SurplusLine], on: date, by: AccountInHand | None, now: datetime
) -> None:
    """Members' parts that were paid, as one voucher; the lines keep it."""
    total, returned = sum(line.total_fen for line in lines), sum(line.by_volume_fen for line in lines)
    owed = (Line(BY_VOLUME, returned), Line(BY_REST, total - returned), Line(BANK, -total))
    voucher = NewVoucher(
        plan.organisation_id, on, f"发放 {plan.year} 年盈余（{len(lines)} 名成员）",
        [line for line in owed if line.fen], source=f"{SURPLUS}:{plan.pk}",
        key=f"{SURPLUS}:{plan.pk}:{plan.attempt}:{min(line.pk for line in lines)}", paid_by_id=_whose(by),
    )  # fmt: skip
    posted = post_vouchers([voucher], by, now)[0]
    SurplusLine.objects.filter(pk__in=[line.pk for line in lines]).update(voucher=posted)


def book_benefits(
    organisation: Organisation,
    payments: Sequence[BenefitPayment],
    by: AccountInHand | None,
    now: datetime,
) -> None:
    """Benefits that were paid, a voucher for each day, by kind of cost; the payments keep it."""
    days: dict[date, list[BenefitPayment]] = {}
    for one in payments:
        days.setdefault(one.paid_on, []).append(one)
    vouchers = [_make_voucher(organisation, day, own, by) for day, own in sorted(days.items())]
    posted = post_vouchers(vouchers, by, now)
    for (_, own), voucher in zip(sorted(days.items()), posted, strict=True):
        BenefitPayment.objects.filter(pk__in=[one.pk for one in own]).update(voucher=voucher)


def _make_voucher(
    organisation: Organisation, day: date, own: Sequence[BenefitPayment], by: AccountInHand | None
) -> NewVoucher:
    sums: dict[str, int] = {}
    for one in own:
        sums[one.due.part.kind] = sums.get(one.due.part.kind, 0) + one.fen
    lines = [Line(EXPENSES[kind], fen, PART_KINDS[kind].title.zh) for kind, fen in sorted(sums.items())]
    first, last = min(one.pk for one in own), max(one.pk for one in own)
    source = f"{BENEFIT}:{first}-{last}"
    return NewVoucher(
        organisation.pk, day, f"联农带农合同支付（{len(own)} 笔）", [*lines, Line(BANK, -sum(sums.values()))],
        source=source, key=source, paid_by_id=_whose(by),
    )  # fmt: skip


def _whose(by: AccountInHand | None) -> int | None:
    return by.id if by else None


def is_benefit_filed(voucher: NewVoucher) -> bool:
    """Whether it pays what stands entered under filed contracts, and has no voucher yet."""
    first, _, last = voucher.source.partition(":")[2].partition("-")
    if not first.isdecimal() or not last.isdecimal():
        return False
    found = BenefitPayment.objects.filter(
        pk__range=(int(first), int(last)),
        voucher__isnull=True,
        paid_on=voucher.made_on,
        due__part__contract__organisation_id=voucher.organisation_id,
        due__part__contract__filed_on__isnull=False,
    )
    return (found.aggregate(fen=Sum("fen"))["fen"] or 0) == _outflow(voucher)


def is_surplus_resolved(voucher: NewVoucher) -> bool:
    """Whether it pays members' parts of a plan that was resolved and posted, and no more than those."""
    plan_id = voucher.source.partition(":")[2]
    if not plan_id.isdecimal():
        return False
    found = SurplusLine.objects.filter(
        plan_id=int(plan_id),
        plan__organisation_id=voucher.organisation_id,
        plan__case__stage="paying",
        paid_on__isnull=False,
        voucher__isnull=True,
    )
    return (found.aggregate(fen=Sum("total_fen"))["fen"] or 0) == _outflow(voucher)


def _outflow(voucher: NewVoucher) -> int:
    return -sum(line.fen for line in voucher.lines if line.account == BANK)


def list_vouchers(plan: SurplusPlan) -> list[Voucher]:
    """What stands on the books of a plan."""
    return list(Voucher.objects.filter(source=f"{SURPLUS}:{plan.pk}").order_by("made_on", "id"))
