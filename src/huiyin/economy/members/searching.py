"""Finds households and people on a roster, masked: by number, first sign of the name, or identity number."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Prefetch, Q, QuerySet

from huiyin.economy.members.models import Household, Member
from huiyin.economy.members.roster import digest_id
from huiyin.economy.organisations.api import Organisation
from huiyin.kernel.texts import clean, read_number

ID_LENGTH = 18


def list_households(organisation: Organisation, wanted: str = "", standing: str = "") -> QuerySet[Household]:
    """The households in which somebody is wanted, by number, each with its people at `people`.

    `wanted`: a whole identity number, the number of a household or a person, or how a name begins.
    """
    people = Member.objects.filter(organisation=organisation)
    if standing:
        people = people.filter(standing=standing)
    found = Household.objects.filter(organisation=organisation)
    text = clean(wanted)
    if text or standing:
        found = found.filter(pk__in=people.filter(_match(text)).values("household_id"))
    rows = Member.objects.filter(organisation=organisation).order_by("number")
    return found.prefetch_related(Prefetch("members", rows, "people")).order_by("number")


def _match(text: str) -> Q:
    if not text:
        return Q()
    if len(text) == ID_LENGTH:
        return Q(id_digest=digest_id(text))
    number = read_number(text, 6)
    if number is not None:
        return Q(number=number) | Q(household__number=number)
    return Q(masked_name__startswith=text[0]) | Q(household__group_name__contains=text)


def count_standings(organisation: Organisation) -> dict[str, int]:
    """How many people of each standing are on the roster."""
    rows = Member.objects.filter(organisation=organisation).values("standing").annotate(many=Count("id"))
    return {row["standing"]: row["many"] for row in rows.order_by("standing")}


def find_elsewhere(members: Iterable[Member]) -> set[int]:
    """Those of them, by id, who are confirmed members of another organisation. One statement."""
    people = list(members)
    digests = [bytes(member.id_digest) for member in people]
    held = Member.objects.filter(id_digest__in=digests, standing="confirmed")
    other = {(bytes(digest), home) for digest, home in held.values_list("id_digest", "organisation_id")}
    return {
        member.pk
        for member in people
        if any(digest == bytes(member.id_digest) and home != member.organisation_id for digest, home in other)
    }
