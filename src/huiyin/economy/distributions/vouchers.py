"""What distributions put on the books, and what they may never touch there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone

from huiyin.economy.books.api import Line, NewVoucher, Voucher, post_vouchers
from huiyin.economy.distributions.models import PayFile, Plan
from huiyin.economy.distributions.rules import check_source
from huiyin.economy.distributions.values import LAW
from huiyin.economy.organisations.api import Organisation, Standard
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand

SOURCE = "distribution"
PAYABLE, BANK, DISTRIBUTED, RESERVE = "211", "102", "322", "311"
MONEY = frozenset({"101", "102"})
LOANS = frozenset({"201", "221"})
TIED = frozenset({"231", "241", "301"})


def name_source(plan: Plan) -> str:
    """By which vouchers name the plan that they rest on."""
    return f"{SOURCE}:{plan.pk}"


def post_approved(plans: Sequence[Plan], by: AccountInHand | None, now: datetime) -> list[Voucher]:
    """Income is distributed on the books: reserve, collective, residual, what members are owed."""
    return post_vouchers([_make_approved(plan, timezone.localdate(now)) for plan in plans], by, now)


def _make_approved(plan: Plan, on: date) -> NewVoucher:
    residual = plan.charter.residual
    parts = [
        Line(RESERVE, -plan.reserve_fen, "提取公积公益金"),
        Line(RESERVE, -plan.collective_fen, "集体股收益"),
        Line(residual, -plan.residual_fen, "分配尾数"),
        Line(PAYABLE, -plan.members_fen, "应付成员收益分配"),
    ]
    kept = [part for part in parts if part.fen]
    return NewVoucher(
        organisation_id=plan.organisation_id,
        made_on=on,
        summary=f"{plan.year} 年收益分配",
        lines=[Line(DISTRIBUTED, -sum(part.fen for part in kept), "收益分配"), *kept],
        source=name_source(plan),
        key=f"distribution:{plan.pk}:approved",
        made_by_id=plan.drafted_by_id,
        reviewed_by_id=plan.approved_by_id,
    )


def post_paid(files: Sequence[PayFile], by: AccountInHand | None, now: datetime) -> list[Voucher]:
    """What members are owed goes out of the bank, a voucher for each file."""
    return post_vouchers([_make_paid(one, by, timezone.localdate(now)) for one in files], by, now)


def _make_paid(file: PayFile, by: AccountInHand | None, on: date) -> NewVoucher:
    plan = file.plan
    return NewVoucher(
        organisation_id=plan.organisation_id,
        made_on=on,
        summary=f"发放 {plan.year} 年收益分配（第 {file.turn} 次，{file.lines} 笔）",
        lines=[Line(PAYABLE, file.fen, "发放成员收益"), Line(BANK, -file.fen, "银行代发")],
        source=name_source(plan),
        key=f"distribution:{plan.pk}:paid:{file.turn}",
        payee="成员收益分配（银行代发）",
        made_by_id=plan.drafted_by_id,
        reviewed_by_id=plan.approved_by_id,
        paid_by_id=by.id if by else None,
    )


def post_returned(file: PayFile, fen: int, at: int, by: AccountInHand | None, now: datetime) -> Voucher:
    """What the bank sent back is in the bank again, and owed again; `at` counts the lists of failures."""
    plan = file.plan
    new = NewVoucher(
        organisation_id=plan.organisation_id,
        made_on=timezone.localdate(now),
        summary=f"{plan.year} 年收益分配退票（第 {file.turn} 次）",
        lines=[Line(BANK, fen, "银行退回"), Line(PAYABLE, -fen, "应付成员收益分配")],
        source=name_source(plan),
        key=f"distribution:{plan.pk}:returned:{file.turn}:{at}",
        made_by_id=plan.drafted_by_id,
        reviewed_by_id=plan.approved_by_id,
    )
    return post_vouchers([new], by, now)[0]


def is_filed(voucher: NewVoucher) -> bool:
    """Whether the voucher pays exactly a file of a plan that township and assembly passed."""
    source, _, turn = (voucher.key or "").rpartition(":paid:")
    plan = source.partition(":")[2]
    if source != voucher.source or not turn.isdecimal() or not plan.isdecimal():
        return False
    out = -sum(line.fen for line in voucher.lines if line.account.partition("-")[0] in MONEY)
    return PayFile.objects.filter(
        plan=int(plan),
        plan__organisation=voucher.organisation_id,
        plan__approved_at__isnull=False,
        turn=int(turn),
        fen=out,
    ).exists()


def pass_vouchers(vouchers: Sequence[NewVoucher]) -> None:
    """Before a voucher stands: income is divided by an approved plan alone, and out of income alone.

    Refuses `distribution-without-plan`, `loan-not-distributed`, `compensation-kept-out`,
    `property-not-divided`.
    """
    suspects = [one for one in vouchers if one.reverses_id is None and _takes_income(one)]
    if not suspects:
        return
    kept = Organisation.objects.filter(
        pk__in={one.organisation_id for one in suspects}, standard=Standard.COLLECTIVE
    ).values_list("pk", flat=True)
    collectives = set(kept)
    for one in suspects:
        if one.organisation_id in collectives:
            _check(one)


def _takes_income(voucher: NewVoucher) -> bool:
    if voucher.source.startswith("distribution:"):
        return True
    return DISTRIBUTED in _heads(voucher, 1) and bool(_heads(voucher, -1) & MONEY)


def _heads(voucher: NewVoucher, sign: int) -> set[str]:
    return {line.account.partition("-")[0] for line in voucher.lines if line.fen * sign > 0}


def _check(voucher: NewVoucher) -> None:
    if not voucher.source.startswith("distribution:"):
        words = Words(
            "收益分配须先有经成员大会通过的方案，再由方案发放，不能直接从收益分配付款。",
            "Income is distributed by a plan that the assembly passed; it is not paid out of 322 directly.",
        )
        raise Refusal("distribution-without-plan", words, f"{LAW} 第26条、第42条", "lines")
    touched = _heads(voucher, 1)
    for account in sorted(touched & (LOANS | TIED)):
        check_source(account)
    if "101" in touched | _heads(voucher, -1):
        words = Words("成员收益由银行代发，不付现金。", "Members are paid through the bank, never in cash.")
        raise Refusal("paid-in-cash", words, f"{LAW} 第44条", "lines")
