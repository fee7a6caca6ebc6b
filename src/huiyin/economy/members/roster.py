"""Keeps the roster: adds households and members, finds them, opens what is sealed."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from huiyin.economy.members.models import Household, Member
from huiyin.economy.members.values import CARD, ID_NUMBER, IDENTITY, MemberIdentity, PayCard
from huiyin.journal.api import blind, open_seal, seal
from huiyin.kernel.masks import mask_id_number, mask_name
from huiyin.kernel.texts import clean

LINK = "member-link"
OF_AGE = 18


@dataclass(frozen=True, slots=True)
class NewMember:
    """Somebody to be put on a roster."""

    household_id: int
    number: int
    identity: MemberIdentity
    sex: str
    born_on: date | None = None
    relation: str = ""
    capable: bool = True
    standing: str = "candidate"
    ground: str = ""
    article: str = ""
    since_on: date | None = None


def make_member(organisation_id: int, new: NewMember) -> Member:
    """The row of a new member, not saved: sealed, masked, with its blind index."""
    identity = new.identity
    number = clean(identity.id_number).upper()
    return Member(
        organisation_id=organisation_id,
        household_id=new.household_id,
        number=new.number,
        sealed=seal(asdict(identity), IDENTITY),
        id_digest=digest_id(number),
        masked_name=mask_name(identity.name),
        masked_id=mask_id_number(number),
        sex=new.sex,
        born_on=new.born_on,
        relation=new.relation,
        capable=new.capable,
        standing=new.standing,
        ground=new.ground,
        article=new.article,
        since_on=new.since_on,
    )


def digest_id(id_number: str) -> bytes:
    """The blind index of an identity number."""
    return blind(clean(id_number).upper(), ID_NUMBER)


def seal_card(card: PayCard) -> bytes:
    """A household's card as it is kept."""
    return seal(asdict(card), CARD)


def open_card(household: Household) -> PayCard | None:
    """The card of a household; None when it has none."""
    return PayCard(**open_seal(household.sealed_card, CARD)) if household.sealed_card else None


def open_identity(member: Member) -> MemberIdentity:
    """Who a member is. Whoever shows it demands a right and a reason, and logs it."""
    return MemberIdentity(**open_seal(member.sealed, IDENTITY))


def make_link(member: Member) -> str:
    """A new secret for the member's own page: kept as a digest, told once; an older one opens nothing."""
    secret = secrets.token_urlsafe(18)
    Member.objects.filter(pk=member.pk).update(link_digest=blind(secret, LINK))
    return secret


def find_by_link(secret: str) -> Member | None:
    """Whose page the secret opens."""
    found = Member.objects.select_related("organisation", "household")
    return found.filter(link_digest=blind(secret, LINK)).first() if secret else None


def list_members(organisation_id: int, standings: Sequence[str] = ("confirmed",)) -> list[Member]:
    """The members of these standings with their households, household by household."""
    found = Member.objects.select_related("household").filter(
        organisation_id=organisation_id, standing__in=standings
    )
    return list(found.order_by("household__number", "number"))


def list_capable(organisation_id: int, on: date) -> list[Member]:
    """Those whom an assembly counts on that day: confirmed, with full capacity, of age (十八周岁)."""
    held = Member.objects.filter(
        organisation_id=organisation_id, standing="confirmed", capable=True, born_on__lte=subtract_age(on)
    )
    return list(held.select_related("household").order_by("household__number", "number"))


def count_capable(organisation_id: int, on: date) -> int:
    """How many `list_capable` lists, by one statement."""
    held = Member.objects.filter(organisation_id=organisation_id, standing="confirmed", capable=True)
    return held.filter(born_on__lte=subtract_age(on)).count()


def subtract_age(on: date) -> date:
    """The latest day of birth of whoever is of age on that day."""
    last = 28 if (on.month, on.day) == (2, 29) else on.day
    return date(on.year - OF_AGE, on.month, last)
