"""A village with people, shares and a year's books, and its plan taken through its steps."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import timezone

from huiyin.cases.api import Case, make_acting, move_case
from huiyin.economy.assemblies.api import Meeting, Resolution
from huiyin.economy.books.api import Line, NewVoucher, post_vouchers
from huiyin.economy.distributions.api import Draft, Plan, open_plan
from huiyin.economy.members.api import Household, MemberIdentity, NewMember, PayCard, make_member, seal_card
from huiyin.economy.members.models import Member
from huiyin.economy.shares.api import Share, ShareBook

NOW = datetime(2026, 2, 2, 9, 0, tzinfo=timezone.get_default_timezone())
YEAR = 2025
HOLDINGS = ((10, 10), (10,), (5, 10), (10, 8, 10))
"""Shares of the members of each household."""


def settle(organisation, holdings=HOLDINGS, collective=0):
    """Households with cards, members with shares; the book is fixed."""
    members, units = [], []
    for at, sizes in enumerate(holdings, 1):
        card = seal_card(PayCard(f"李{at}", f"62170000000{at:04d}", "禾川农商行"))
        household = Household.objects.create(
            organisation=organisation, number=at, masked_head="李*", sealed_card=card
        )
        for size in sizes:
            number = len(members) + 1
            identity = MemberIdentity(f"李{number}", f"9990011980010{organisation.pk % 10}{number:04d}")
            new = NewMember(household.pk, number, identity, "female", date(1980, 1, 1), standing="confirmed")
            members.append(make_member(organisation.pk, new))
            units.append(size)
    members = Member.objects.bulk_create(members)
    held = sum(units)
    book = ShareBook.objects.create(
        organisation=organisation, fixed_on=date(2020, 1, 1), total_units=held + collective, held_units=held,
        collective_units=collective,
    )  # fmt: skip
    Share.objects.bulk_create(
        Share(book=book, household_id=one.household_id, member=one, units=size)
        for one, size in zip(members, units, strict=True)
    )
    return members


def book(organisation, *dealings):
    """Vouchers of money that came in (above nothing) or went out, by account, day, fen and summary."""
    new = []
    for account, on, fen, summary in dealings:
        lines = (
            (Line("102", fen), Line(account, -fen)) if fen > 0 else (Line(account, -fen), Line("102", fen))
        )
        new.append(NewVoucher(organisation.pk, on, summary, lines))
    return post_vouchers(new, None, NOW)


def earn(organisation, fen=10_000_001):
    """A year's rent."""
    return book(organisation, ("501", date(YEAR, 6, 1), fen, "收租金"))


def draft(organisation, officer, **given) -> Plan:
    """The plan of the year, opened by the bookkeeper."""
    return open_plan(organisation, Draft(YEAR, **given), officer("bookkeeper"), NOW)


def move(plan, name, officer, role, now=NOW, **inputs):
    """One move of the plan's case by whoever holds that role."""
    acting = make_acting(officer(role))
    return move_case(Case.objects.get(pk=plan.case_id).number, name, inputs, acting, now)


def resolve(plan, held_on):
    """The assembly passed it on that day."""
    subject = f"case:{Case.objects.get(pk=plan.case_id).number}"
    meeting = Meeting.objects.create(
        organisation=plan.organisation, title="年度成员大会", noticed_on=held_on - timedelta(days=12),
        held_on=held_on, entitled=9, attended=9,
    )  # fmt: skip
    decided = timezone.make_aware(datetime.combine(held_on, datetime.min.time()))
    return Resolution.objects.create(
        meeting=meeting, matter="distribution", subject=subject, title="收益分配", agreed=9, valid=True,
        decided_at=decided,
    )  # fmt: skip


def after(days):
    """So many days after the plan was drafted."""
    return NOW + timedelta(days=days)


def carry(plan, officer, until="paying"):
    """Take the plan through its steps until it stands in that stage; the moment at which it does."""
    steps = (
        ("overseeing", "submit", "bookkeeper", 0, {}),
        ("hearing", "pass_overseers", "overseer", 0, {}),
        ("party", "hear", "director", 11, {"note": "没有不同意见"}),
        ("township", "resolve", "director", 12, {"note": "支委会同意"}),
        ("assembly", "agree", "rural", 13, {}),
        ("posted", "adopt", "director", 15, {}),
        ("paying", "approve", "director", 22, {}),
        ("paid", "pay", "cashier", 23, {}),
        ("finished", "finish", "director", 30, {}),
    )
    for stage, name, role, days, inputs in steps:
        if name == "adopt":
            resolve(plan, timezone.localdate(after(14)))
        move(plan, name, officer, role, after(days), **inputs)
        if stage == until:
            return after(days)
    raise AssertionError(until)
