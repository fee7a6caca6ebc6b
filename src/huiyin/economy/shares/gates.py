"""What the two processes of shares demand of a move, and write with it, whichever door it comes by."""

from __future__ import annotations

from django.utils import timezone

from huiyin.cases.api import Case, Passing
from huiyin.economy.assemblies.api import Item, demand_resolution
from huiyin.economy.members.api import Member
from huiyin.economy.organisations.api import get_limit
from huiyin.economy.postings.api import Field, NewPosting, Posting, demand_over, put_up
from huiyin.economy.shares import store
from huiyin.economy.shares.fixing import fix_plan
from huiyin.economy.shares.models import ShareBook, SharePlan, ShareTransfer
from huiyin.economy.shares.planning import check_by_charter
from huiyin.economy.shares.transferring import check_parts, lock_book, read_parts, register
from huiyin.economy.shares.values import (
    ENTRIES,
    RULE_APART,
    RULE_FROZEN,
    RULE_INCOME,
    UNPOSTED,
    NewClass,
    NewPlan,
)
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand, take_in_hand

PLAN_COLUMNS = (
    Field("household", Words("户号", "Household"), "count"),
    Field("head", Words("户主", "Head")),
    Field("people", Words("人数", "People"), "count"),
    Field("units", Words("股份", "Units"), "units"),
)
TRANSFER_COLUMNS = (
    Field("from", Words("转出人", "From")),
    Field("to", Words("接受人", "To")),
    Field("kind", Words("方式", "Kind")),
    Field("units", Words("股份", "Units"), "units"),
)
COLLECTIVE = Words("集体", "The collective")


def guard_plan(passing: Passing) -> None:
    """The gate of a quantification."""
    plan = SharePlan.objects.select_related("organisation", "case").filter(case_id=passing.case_id).first()
    step = _PLAN_STEPS.get(passing.move)
    if plan is not None and step is not None:
        step(plan, passing)


def guard_transfer(passing: Passing) -> None:
    """The gate of a change of shares."""
    found = ShareTransfer.objects.select_related("organisation", "case__text")
    transfer = found.filter(case_id=passing.case_id).first()
    step = _TRANSFER_STEPS.get(passing.move)
    if transfer is not None and step is not None:
        step(transfer, passing)


def name_subject(number: str) -> str:
    """What postings and resolutions of a case are found by."""
    return f"case:{number}"


def list_plan_items(case: Case) -> list[Item]:
    """What an assembly may be called to resolve on: the plan, until it was posted."""
    awaited = case.stage in {"deliberating", "checking", "assembling"}
    return [Item(name_subject(case.number), case.title)] if awaited else []


def _submit(plan: SharePlan, _passing: Passing) -> None:
    classes = [
        NewClass(one.title, one.basis, one.units, one.most_years) for one in plan.classes.order_by("at")
    ]
    new = NewPlan(classes, plan.counted_on, plan.collective_per_mille, plan.quantifies)
    check_by_charter(plan.organisation, new)
    if ShareBook.objects.filter(organisation=plan.organisation).exists():
        words = Words("股权已经固化，总数不再变动。", "Shares are fixed already: the total never changes.")
        raise Refusal("frozen-already", words, RULE_FROZEN)
    if plan.held_units == 0:
        raise Refusal("nobody-counted", Words("方案里没有股份。", "The plan gives nothing."), RULE_INCOME)


def _deliberate(plan: SharePlan, passing: Passing) -> None:
    _demand_apart(plan.case, passing)


def _resolve(plan: SharePlan, passing: Passing) -> None:
    subject = name_subject(passing.number)
    resolution = demand_resolution(plan.organisation_id, subject, passing.now, "quantification")
    if plan.reckoned_at and resolution.decided_at and resolution.decided_at < plan.reckoned_at:
        words = Words(
            "大会表决的是修改前的方案。改过的方案要重新表决。",
            "The assembly resolved on the plan before it was changed: it must resolve anew.",
        )
        raise Refusal("resolved-before-change", words, "农村集体经济组织法 第26条、第28条")


def _post_plan(plan: SharePlan, passing: Passing) -> None:
    rows = [
        (f"household:{pk}", {"household": number, "head": head, "people": people, "units": units})
        for pk, number, head, people, units in store.add_up_households(plan.pk)
    ]
    words = f"股份总数 {plan.held_units + plan.collective_units} 股，其中集体股 {plan.collective_units} 股。"
    new = NewPosting(
        plan.organisation_id,
        "shares",
        f"股权量化公示：{plan.organisation.name}",
        name_subject(passing.number),
        PLAN_COLUMNS,
        rows,
        timezone.localdate(passing.now),
        _posting_days(plan),
        _count_posted(plan, passing) + 1,
        words,
    )
    put_up(new, _take(passing), passing.now)


def _posting_days(of: SharePlan | ShareTransfer) -> int:
    return get_limit("posting-days", of.organisation.township_id)


def _count_posted(of: SharePlan | ShareTransfer, passing: Passing) -> int:
    subject = name_subject(passing.number)
    return Posting.objects.filter(organisation_id=of.organisation_id, subject=subject).count()


def _fix(plan: SharePlan, passing: Passing) -> None:
    turn = max(1, _count_posted(plan, passing))
    demand_over(plan.organisation_id, name_subject(passing.number), turn, passing.now)
    fix_plan(plan, _take(passing), passing.now)


def _approve(transfer: ShareTransfer, passing: Passing) -> None:
    _demand_apart(transfer.case, passing)
    check_parts(lock_book(transfer.organisation), transfer.kind, read_parts(transfer))
    ShareTransfer.objects.filter(pk=transfer.pk).update(approved_by_id=passing.acting.account_id)


def _post_transfer(transfer: ShareTransfer, passing: Passing) -> None:
    if transfer.kind in UNPOSTED:
        words = Words(
            "户内的变动不用公示，请直接登记。", "Within a household nothing is posted: register it."
        )
        raise Refusal("no-posting-needed", words, RULE_FROZEN)
    parts = transfer.parts.select_related("from_member", "to_member").order_by("id")
    rows = [
        (
            f"part:{one.pk}",
            {
                "from": _call(one.from_member),
                "to": _call(one.to_member),
                "kind": ENTRIES[transfer.kind].zh,
                "units": one.units,
            },
        )
        for one in parts
    ]
    new = NewPosting(
        transfer.organisation_id,
        "shares",
        f"股权{ENTRIES[transfer.kind].zh}公示",
        name_subject(passing.number),
        TRANSFER_COLUMNS,
        rows,
        timezone.localdate(passing.now),
        _posting_days(transfer),
    )
    put_up(new, _take(passing), passing.now)


def _call(member: Member | None) -> str:
    return member.masked_name if member else COLLECTIVE.zh


def _register(transfer: ShareTransfer, passing: Passing) -> None:
    if passing.acting.account_id == transfer.approved_by_id:
        words = Words("审核的人不能登记，请由另一人登记。", "Whoever approved it does not register it.")
        raise Refusal("same-person", words, RULE_APART)
    _demand_apart(transfer.case, passing)
    if transfer.kind not in UNPOSTED:
        demand_over(transfer.organisation_id, name_subject(passing.number), 1, passing.now)
    by = _take(passing)
    if by is not None:
        register(transfer, by, passing.now)


def _demand_apart(case: Case, passing: Passing) -> None:
    if case.opened_by_id is not None and case.opened_by_id == passing.acting.account_id:
        words = Words("经办的人不能自己审核、登记，请由另一人办。", "Whoever applied does not decide on it.")
        raise Refusal("same-person", words, RULE_APART)


def _take(passing: Passing) -> AccountInHand | None:
    account_id = passing.acting.account_id
    return take_in_hand(account_id, timezone.localdate(passing.now)) if account_id is not None else None


_PLAN_STEPS = {
    "submit": _submit,
    "deliberate": _deliberate,
    "resolve": _resolve,
    "post": _post_plan,
    "fix": _fix,
}
_TRANSFER_STEPS = {"approve": _approve, "post": _post_transfer, "register": _register}
