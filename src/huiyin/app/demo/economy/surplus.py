"""Walks a co-operative's plan of surplus to a step, as its officers would have done it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import timezone

from huiyin.cases.api import Acting, make_acting, move_case
from huiyin.economy.cooperatives.api import (
    MemberAccount,
    NewBallot,
    NewMeeting,
    SurplusPlan,
    Terms,
    name_subject,
    pay_lines,
    plan_surplus,
    record_meeting,
)
from huiyin.economy.organisations.api import Organisation
from huiyin.people.api import AccountInHand, Post, take_in_hand

WAY = ("drafting", "reviewing", "open-to-members", "meeting", "posting", "paying", "distributed")
BEGAN = {
    "drafting": 2, "reviewing": 4, "open-to-members": 9, "meeting": 20, "posting": 23, "paying": 40,
    "distributed": 80, "withdrawn": 30,
}  # fmt: skip
"""How many days ago a plan that now stands there was drafted."""


def walk_plan(organisation: Organisation, year: int, step: str, surplus: int, now: datetime) -> None:
    """Draft the year's plan and carry it on until it stands at `step`; nothing where an office is empty."""
    today = timezone.localdate(now)
    staff = {
        role: _find_officer(organisation, role, today)
        for role in ("bookkeeper", "director", "overseer", "cashier")
    }
    keeper = staff["bookkeeper"]
    if keeper is None or None in staff.values():
        return
    at = now - timedelta(days=BEGAN[step])
    plan = plan_surplus(organisation, year, Terms(surplus, surplus // 20, 100, 600), keeper, at)
    hands = {role: make_acting(one) for role, one in staff.items() if one is not None}
    if step == "withdrawn":
        move_case(plan.case.number, "withdraw", {"reason": "数据有误，重新核算"}, hands["director"], at)
        return
    _walk(plan, WAY.index(step), hands, at)


def _walk(plan: SurplusPlan, steps: int, hands: dict[str, Acting], at: datetime) -> None:
    moves = (
        ("submit", "bookkeeper", 1),
        ("approve", "overseer", 2),
        ("convene", "director", 18),
        ("resolve", "director", 19),
        ("begin_payment", "bookkeeper", 30),
        ("finish", "cashier", 35),
    )
    for move, role, days in moves[:steps]:
        then = at + timedelta(days=days)
        if move == "resolve":
            _hold_meeting(plan, then)
        if move == "finish":
            pay_lines(plan.pk, None, timezone.localdate(then), None, then)
        move_case(plan.case.number, move, {}, hands[role], then)
    if steps == WAY.index("paying"):
        then = at + timedelta(days=31)
        pay_lines(plan.pk, list(range(1, 11)), timezone.localdate(then), None, then)


def _hold_meeting(plan: SurplusPlan, then: datetime) -> None:
    day = timezone.localdate(then)
    members = MemberAccount.objects.filter(organisation_id=plan.organisation_id, left_on__isnull=True).count()
    present = members - members // 8
    ballot = NewBallot(f"{plan.year} 年盈余分配方案", present - 1, 1, subject=name_subject(plan))
    new = NewMeeting(f"{day.year} 年成员大会", day - timedelta(days=16), day, present, ballot)
    record_meeting(plan.organisation, new, None, then)


def _find_officer(organisation: Organisation, role: str, today: date) -> AccountInHand | None:
    post = Post.objects.filter(unit_id=organisation.unit_id, role=role).order_by("id").first()
    return take_in_hand(post.account_id, today) if post is not None else None
