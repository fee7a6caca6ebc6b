"""What a move of a distribution demands and does: one gate, whichever door the move comes by."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from huiyin.cases.api import Passing
from huiyin.economy.assemblies.api import demand_resolution
from huiyin.economy.distributions import store
from huiyin.economy.distributions.lines import demand_lines, make_lines
from huiyin.economy.distributions.models import PayFile, Plan
from huiyin.economy.distributions.paying import approve_plans, pay_plans
from huiyin.economy.distributions.planning import demand_current
from huiyin.economy.distributions.returning import list_owed
from huiyin.economy.distributions.sheets import (
    count_turns,
    make_final_sheet,
    make_opinion_sheet,
    name_subject,
)
from huiyin.economy.distributions.values import APART, LAW, OPEN_BEFORE
from huiyin.economy.organisations.api import get_limit
from huiyin.economy.postings.api import demand_over, find_posting, put_up
from huiyin.kernel.money import tell_yuan
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand, take_in_hand

MATTER = "distribution"
Act = Callable[[Plan, Passing, AccountInHand | None], None]


def pass_move(passing: Passing) -> None:
    """Carry out what belongs to the move, or raise the `Refusal` that forbids it."""
    act = _ACTS.get(passing.move)
    if act is None:
        return
    held = Plan.objects.select_for_update(of=("self",)).select_related("organisation", "charter", "case")
    plan = held.get(case_id=passing.case_id)
    account = passing.acting.account_id
    by = take_in_hand(account, timezone.localdate(passing.now)) if account else None
    act(plan, passing, by)


def _submit(plan: Plan, passing: Passing, by: AccountInHand | None) -> None:
    demand_current(plan, passing.now)
    if by:
        plan.drafted_by_id = by.id
        plan.save(update_fields=["drafted_by"])
    make_lines([plan], passing.now)


def _demand_other(plan: Plan, by: AccountInHand | None) -> None:
    if by and by.id == plan.drafted_by_id:
        words = Words("拟订方案的人不能审核自己的方案。", "Whoever drafted the plan does not review it.")
        raise Refusal("same-person", words, rule=f"{APART}；{LAW} 第34条")


def _open(plan: Plan, passing: Passing, by: AccountInHand | None) -> None:
    _demand_other(plan, by)
    demand_lines(plan)
    put_up(make_opinion_sheet(plan, timezone.localdate(passing.now)), by, passing.now)


def _hear(plan: Plan, passing: Passing, _by: AccountInHand | None) -> None:
    demand_over(plan.organisation_id, name_subject(plan), count_turns(plan), passing.now)


def _agree(plan: Plan, passing: Passing, by: AccountInHand | None) -> None:
    _demand_other(plan, by)
    demand_current(plan, passing.now)


def _adopt(plan: Plan, passing: Passing, by: AccountInHand | None) -> None:
    resolution = demand_resolution(plan.organisation_id, name_subject(plan), passing.now, MATTER)
    opened = find_posting(plan.organisation_id, name_subject(plan), count_turns(plan))
    days = get_limit("plan-open-days", plan.organisation.township_id)
    if opened is None or resolution.meeting.held_on < opened.from_on + timedelta(days=days):
        words = Words(
            "年度报告和分配方案须在大会前公开 {days} 天。这次大会开得太早，请公开期满再开会表决。",
            "Accounts and plan lie open {days} days before the assembly; this one met too early.",
        )
        raise Refusal("plan-not-open-long-enough", words.fill(days=days), rule=OPEN_BEFORE)
    put_up(make_final_sheet(plan, timezone.localdate(passing.now)), by, passing.now)


def _approve(plan: Plan, passing: Passing, by: AccountInHand | None) -> None:
    _demand_other(plan, by)
    demand_over(plan.organisation_id, name_subject(plan), count_turns(plan), passing.now)
    demand_current(plan, passing.now)
    demand_lines(plan)
    approve_plans([plan], by, passing.now)


def _pay(plan: Plan, passing: Passing, by: AccountInHand | None) -> None:
    turn = PayFile.objects.filter(plan=plan).count() + 1
    if not pay_plans([plan], by, passing.now, turn):
        words = Words(
            "没有可以发放的户：都已发清，或都没有银行卡。请先登记银行卡。",
            "No household can be paid: all are paid, or none has a card. Enter their cards first.",
        )
        raise Refusal("nobody-payable", words, rule=f"{LAW} 第42条")


def _finish(plan: Plan, _passing: Passing, _by: AccountInHand | None) -> None:
    owed = list_owed(plan)
    if owed:
        words = Words(
            "还有 {count} 户共 {sum} 元没有发到。请更正后再次发放，或写明理由留待领取。",
            "{count} households are still owed {sum} yuan. Pay again, or say why it waits.",
        )
        filled = words.fill(count=len(owed), sum=tell_yuan(sum(row[3] for row in owed)))
        raise Refusal("still-owed", filled, rule=f"{LAW} 第42条")


def _withdraw(plan: Plan, _passing: Passing, _by: AccountInHand | None) -> None:
    store.run("drop_lines", {"plans": [plan.pk]})
    plan.withdrawn, plan.record_on, plan.lines = True, None, 0
    plan.save(update_fields=["withdrawn", "record_on", "lines"])


_ACTS: dict[str, Act] = {
    "submit": _submit,
    "pass_overseers": _open,
    "hear": _hear,
    "agree": _agree,
    "adopt": _adopt,
    "approve": _approve,
    "pay": _pay,
    "finish": _finish,
    "withdraw": _withdraw,
}
