"""How the units of an organisation lie: read for the rules, and for the pages."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from huiyin.economy.members.api import Member
from huiyin.economy.shares.models import Share, ShareBook
from huiyin.economy.shares.values import Held, Holder

DEATHS = frozenset({"death"})
"""Grounds of a loss of membership that say somebody has died."""


def get_book(organisation_id: int) -> ShareBook | None:
    """The share book of the organisation; None before its shares are fixed."""
    return ShareBook.objects.filter(organisation_id=organisation_id).first()


def read_held(book: ShareBook, member_ids: Iterable[int]) -> Held:
    """Where the units of those members lie, everybody else's as `others`; only people of the roster."""
    people = Member.objects.filter(organisation_id=book.organisation_id, pk__in=set(member_ids))
    held = {one.member_id: one for one in Share.objects.filter(book=book, member__in=people)}
    holders = {one.pk: make_holder(one, held.get(one.pk)) for one in people}
    theirs = sum(one.units for one in holders.values())
    return Held(holders, book.collective_units, book.held_units - theirs)


def make_holder(member: Member, share: Share | None) -> Holder:
    """A member as the rules see one."""
    return Holder(
        units=share.units if share else 0,
        household_id=share.household_id if share else member.household_id,
        lives_in_id=member.household_id,
        confirmed=member.standing == "confirmed",
        dead=is_dead(member),
    )


def is_dead(member: Member) -> bool:
    """Whether the roster says that the member has died."""
    return member.standing == "lost" and member.ground in DEATHS


def list_people(book: ShareBook, household_id: int) -> list[tuple[Member, int]]:
    """Whoever holds units of the household or lives in it as a member, with the units held in it."""
    people = Member.objects.filter(organisation_id=book.organisation_id).filter(
        Q(household_id=household_id) | Q(share__household_id=household_id, share__units__gt=0)
    )
    held = {one.member_id: one for one in Share.objects.filter(book=book, member__in=people)}
    rows: list[tuple[Member, int]] = []
    for member in people.order_by("number").distinct():
        share = held.get(member.pk)
        if share is not None and share.units and share.household_id != household_id:
            continue
        units = share.units if share else 0
        if units or member.standing == "confirmed":
            rows.append((member, units))
    return rows
