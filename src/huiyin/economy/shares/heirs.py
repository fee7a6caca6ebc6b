"""Puts an heir who is no member on the roster, as somebody who may hold units and has no other right."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from huiyin.economy.members.api import Household, Member, MemberIdentity, NewMember, digest_id, make_member
from huiyin.economy.organisations.api import Organisation, demand, note
from huiyin.economy.shares.transferring import APPLICANTS
from huiyin.economy.shares.values import RULE_HEIR
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand

HEIR = "heir"
"""The ground under which the roster keeps a holder without membership."""


@transaction.atomic
def add_heir(
    household: Household, identity: MemberIdentity, sex: str, by: AccountInHand, now: datetime
) -> Member:
    """Somebody who inherits and is no member: on the roster of the household, not confirmed; journalled.

    Whoever is on the roster already is answered as they are. Refuses `name-missing`, `id-missing`.
    """
    organisation = household.organisation
    demand(by, organisation, *APPLICANTS)
    number = clean(identity.id_number)
    if not clean(identity.name):
        raise Refusal(
            "name-missing", Words("请填继承人姓名。", "Give the heir's name."), RULE_HEIR, "heir_name"
        )
    if len(number) < 6:
        words = Words("请填继承人的证件号码。", "Give the number of the heir's identity card.")
        raise Refusal("id-missing", words, RULE_HEIR, "heir_id")
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    held = Member.objects.filter(organisation=organisation)
    known = held.filter(id_digest=digest_id(number)).first()
    if known is not None:
        return known
    last = held.aggregate(last=Max("number"))["last"] or 0
    new = NewMember(
        household_id=household.pk,
        number=last + 1,
        identity=identity,
        sex=sex,
        relation="继承人",
        standing="refused",
        ground=HEIR,
        article=RULE_HEIR,
    )
    member = make_member(organisation.pk, new)
    member.save()
    note(organisation, "add-heir", by, now, member=member.number, household=household.number)
    return member
