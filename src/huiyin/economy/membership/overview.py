"""How membership stands over many organisations: members, who waits, rounds and appeals under way."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from huiyin.economy.members.api import Member
from huiyin.economy.membership.models import Appeal, Round
from huiyin.economy.organisations.api import Organisation


@dataclass(frozen=True, slots=True)
class Standing:
    """Of one organisation: people by standing, the newest round, appeals that wait."""

    organisation: Organisation
    confirmed: int
    waiting: int
    newest: Round | None
    appeals: int


def list_standings(organisations: QuerySet[Organisation]) -> list[Standing]:
    """One line for each, by code. Three statements, however many."""
    chosen = list(organisations)
    ids = [one.pk for one in chosen]
    people = {
        row["organisation_id"]: row
        for row in Member.objects.filter(organisation_id__in=ids)
        .values("organisation_id")
        .annotate(
            confirmed=Count("id", filter=Q(standing="confirmed")),
            waiting=Count("id", filter=Q(standing__in=("candidate", "special"))),
        )
        .order_by()
    }
    rounds = Round.objects.select_related("case").filter(organisation_id__in=ids).order_by("case_id")
    newest = {one.organisation_id: one for one in rounds}
    appeals = dict(
        Appeal.objects.filter(organisation_id__in=ids, decided_at__isnull=True)
        .values_list("organisation_id")
        .annotate(many=Count("case_id"))
        .order_by()
    )
    nobody = {"confirmed": 0, "waiting": 0}
    return [
        Standing(
            one,
            people.get(one.pk, nobody)["confirmed"],
            people.get(one.pk, nobody)["waiting"],
            newest.get(one.pk),
            appeals.get(one.pk, 0),
        )
        for one in chosen
    ]
