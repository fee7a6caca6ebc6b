"""Households and members of a village whose shares are tried, and what stands around a case of theirs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from huiyin.cases.api import make_acting, move_case
from huiyin.economy.assemblies.api import Meeting, Resolution
from huiyin.economy.members.api import Household, Member, MemberIdentity, NewMember, make_member
from huiyin.economy.organisations.api import Organisation
from huiyin.economy.shares.api import NewClass, NewPlan, SharePlan, propose_plan
from huiyin.people.api import AccountInHand

COUNTED_ON = date(2026, 1, 1)
CLASSES = (NewClass("基本股", "each", 10), NewClass("农龄股", "years", 1))
BORN = {"户主": date(1970, 5, 1), "配偶": date(1972, 5, 1), "子": date(2000, 5, 1)}


def settle(village: Organisation, households: int = 2, first: int = 1) -> list[Member]:
    """So many households of three, all confirmed: head, spouse, child; numbered from 1."""
    made: list[Member] = []
    for number in range(first, first + households):
        household = Household.objects.create(organisation=village, number=number, masked_head="王*")
        for relation, born in BORN.items():
            made.append(add_member(village, household, len(made) + 1, relation, born))
    return made


def add_member(
    village: Organisation,
    household: Household,
    number: int,
    relation: str,
    born: date,
    standing: str = "confirmed",
) -> Member:
    """One more on the roster."""
    identity = MemberIdentity(f"王{relation}{number}", f"999{village.pk:07d}{number:08d}")
    new = NewMember(
        household.pk, number, identity, "female", born, relation, True, standing, since_on=date(2020, 1, 1)
    )
    member = make_member(village.pk, new)
    member.save()
    return member


def plan_of(
    village: Organisation,
    by: AccountInHand,
    now: datetime,
    per_mille: int = 0,
    classes: Sequence[NewClass] = CLASSES,
) -> SharePlan:
    """A quantification by these classes."""
    return propose_plan(village, NewPlan(classes, COUNTED_ON, per_mille), by, now)


def go(number: str, move: str, by: AccountInHand, now: datetime, **inputs: object) -> None:
    """One step of a case."""
    move_case(number, move, inputs, make_acting(by), now)


def resolve(village: Organisation, subject: str, at: datetime, matter: str = "quantification") -> Resolution:
    """A valid resolution of the assembly on it."""
    meeting = Meeting.objects.create(
        organisation=village,
        title="成员大会",
        noticed_on=at.date() - timedelta(days=11),
        held_on=at.date(),
        entitled=6,
        attended=6,
    )
    return Resolution.objects.create(
        meeting=meeting, matter=matter, subject=subject, title="表决", agreed=6, valid=True, decided_at=at
    )
