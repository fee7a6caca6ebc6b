"""The delegates of an organisation: elected by households for five years."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from huiyin.economy.assemblies.models import Delegate
from huiyin.economy.assemblies.rules import DELEGATES_RULE
from huiyin.economy.members.api import Member
from huiyin.economy.organisations.api import Organisation, demand, note
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand


@transaction.atomic
def elect_delegate(
    organisation: Organisation, member: Member, since_on: date, by: AccountInHand | None, now: datetime
) -> Delegate:
    """Make a confirmed member a delegate; journalled. Elected already, nothing changes.

    Refuses `not-your-duty`, `not-entitled`.
    """
    if by is not None:
        demand(by, organisation, "director", "bookkeeper")
    if member.organisation_id != organisation.pk or member.standing != "confirmed" or not member.capable:
        words = Words(
            "成员代表要是本组织已确认、具有完全民事行为能力的成员。",
            "A delegate is a confirmed member with full capacity.",
        )
        raise Refusal("not-entitled", words, DELEGATES_RULE, "member")
    delegate, fresh = Delegate.objects.get_or_create(
        organisation=organisation, member=member, until_on=None, defaults={"since_on": since_on}
    )
    if fresh:
        note(organisation, "elect-delegate", by, now, member=member.number, since_on=since_on)
    return delegate


@transaction.atomic
def end_delegate(organisation: Organisation, pk: int, on: date, by: AccountInHand, now: datetime) -> None:
    """Let a delegate hold the seat up to that day; journalled. Refuses `delegate-not-found`."""
    demand(by, organisation, "director", "bookkeeper")
    held = Delegate.objects.select_related("member").filter(organisation=organisation, pk=pk, until_on=None)
    delegate = held.select_for_update(of=("self",)).first()
    if delegate is None:
        words = Words("没有这位在任的成员代表。", "There is no such delegate in office.")
        raise Refusal("delegate-not-found", words)
    delegate.until_on = max(on, delegate.since_on)
    delegate.save(update_fields=["until_on"])
    note(organisation, "end-delegate", by, now, member=delegate.member.number, until_on=delegate.until_on)
