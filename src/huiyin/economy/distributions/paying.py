"""Approves and pays plans: what members are owed, what the bank is told; many plans in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from huiyin.economy.books.api import EVER, sum_accounts
from huiyin.economy.distributions import store
from huiyin.economy.distributions.bankfile import digest_file, write_files
from huiyin.economy.distributions.lines import make_lines
from huiyin.economy.distributions.models import PayFile, Plan
from huiyin.economy.distributions.values import APART, LAW
from huiyin.economy.distributions.vouchers import post_approved, post_paid
from huiyin.economy.organisations.api import note_all
from huiyin.kernel.money import tell_yuan
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand


def lock_plans(ids: Sequence[int]) -> list[Plan]:
    """The plans, locked in one order, with organisation and charter at hand."""
    held = Plan.objects.select_for_update(of=("self",)).select_related("organisation", "charter")
    return list(held.filter(pk__in=ids).order_by("pk"))


@transaction.atomic
def approve_plans(plans: Sequence[Plan], by: AccountInHand | None, now: datetime) -> None:
    """Put locked plans on the books, and what is due on the members' accounts; once."""
    fresh = [plan for plan in plans if plan.approved_at is None]
    without = [plan for plan in fresh if plan.record_on is None]
    if without:
        make_lines(without, now)
    for plan in fresh:
        plan.approved_at, plan.approved_by_id = now, by.id if by else None
    Plan.objects.bulk_update(fresh, ["approved_at", "approved_by"])
    post_approved(fresh, by, now)
    if fresh:
        store.run("post_due", {"plans": [plan.pk for plan in fresh], "at": now})
    told = [
        (plan.organisation, {"plan": plan.pk, "year": plan.year, "fen": plan.members_fen}) for plan in fresh
    ]
    note_all(told, "approve-distribution", by, now)


@transaction.atomic
def pay_plans(
    plans: Sequence[Plan], by: AccountInHand | None, now: datetime, turn: int = 1
) -> list[tuple[PayFile, bytes]]:
    """Order what locked plans owe; answers each new file with its bytes. A turn is made once.

    Refuses `not-approved`, `not-enough-in-bank`, `same-person`; a plan that owes nothing payable has no file.
    """
    known = set(PayFile.objects.filter(plan__in=plans, turn=turn).values_list("plan_id", flat=True))
    fresh = [plan for plan in plans if plan.pk not in known]
    for plan in fresh:
        _demand_payable(plan, by)
    files = _order(fresh, by, now, turn)
    _demand_money(files, now)
    PayFile.objects.bulk_update(files, ["lines", "fen"])
    vouchers = post_paid(files, by, now)
    made = write_files(files)
    for file, voucher in zip(files, vouchers, strict=True):
        file.voucher, file.digest = voucher, digest_file(made[file.pk])
    PayFile.objects.bulk_update(files, ["voucher", "digest"])
    _close(fresh, files, by, now)
    return [(file, made[file.pk]) for file in files]


def _demand_payable(plan: Plan, by: AccountInHand | None) -> None:
    if plan.approved_at is None:
        words = Words(
            "方案还没有通过和公示期满，不能发放。", "The plan is not approved yet; nothing is paid."
        )
        raise Refusal("not-approved", words, rule=f"{LAW} 第26条、第46条")
    if by and by.id in {plan.drafted_by_id, plan.approved_by_id}:
        words = Words(
            "拟订或审批方案的人不能发放。请由出纳办理。", "Whoever drafted or approved does not pay."
        )
        raise Refusal("same-person", words, rule=APART)


def _order(plans: Sequence[Plan], by: AccountInHand | None, now: datetime, turn: int) -> list[PayFile]:
    """The files with their payments and entries; a plan without a household that can be paid has none."""
    made = PayFile.objects.bulk_create(
        PayFile(plan=plan, turn=turn, lines=0, fen=0, made_by_id=by.id if by else None, made_at=now)
        for plan in plans
    )
    given = {
        "plans": [file.plan_id for file in made],
        "files": [file.pk for file in made],
        "by_member": [file.plan.charter.pays_to == "member" for file in made],
        "turn": turn,
        "at": now,
    }
    sums = {pk: (int(count), int(fen)) for pk, count, fen in store.fetch("pay", given)} if made else {}
    for file in made:
        file.lines, file.fen = sums.get(file.pk, (0, 0))
    empty = [file.pk for file in made if not file.lines]
    PayFile.objects.filter(pk__in=empty).delete()
    return [file for file in made if file.lines]


def _demand_money(files: Sequence[PayFile], now: datetime) -> None:
    ids = [file.plan.organisation_id for file in files]
    held = sum_accounts(ids, EVER, timezone.localdate(now)) if ids else {}
    for file in files:
        sums = held.get(file.plan.organisation_id, {})
        have = sum(one.net_fen for account, one in sums.items() if account.partition("-")[0] == "102")
        if have < file.fen:
            words = Words(
                "“{name}”银行存款只有 {have} 元，不够发放 {need} 元。请先收回款项或调整方案。",
                "“{name}” has {have} yuan in the bank; {need} are to be paid. Collect what is owed first.",
            ).fill(name=file.plan.organisation.called, have=tell_yuan(have), need=tell_yuan(file.fen))
            raise Refusal("not-enough-in-bank", words, rule=f"{LAW} 第42条；以丰补歉，不得举债分配")


def _close(plans: Sequence[Plan], files: Sequence[PayFile], by: AccountInHand | None, now: datetime) -> None:
    for plan in plans:
        plan.paid_at = plan.paid_at or now
    Plan.objects.bulk_update(plans, ["paid_at"])
    told = [
        (
            one.plan.organisation,
            {"plan": one.plan_id, "turn": one.turn, "lines": one.lines, "fen": one.fen, "digest": one.digest},
        )
        for one in files
    ]
    note_all(told, "pay-distribution", by, now)
