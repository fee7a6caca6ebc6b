"""Who holds or held an office in an organisation, and who is kin to them: by name."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from huiyin.economy.organisations.api import Kinship, Officer


def list_officer_names(organisation_id: int, on: date) -> frozenset[str]:
    """The names of whoever holds an office on that day, and of their kin."""
    holding = Q(until_on__isnull=True) | Q(until_on__gte=on)
    officers = Officer.objects.filter(holding, organisation_id=organisation_id, since_on__lte=on)
    names = dict(officers.values_list("pk", "name"))
    kin = Kinship.objects.filter(officer_id__in=names).exclude(name="").values_list("name", flat=True)
    return frozenset(names.values()) | frozenset(kin)


def find_ties(organisation_id: int, name: str, on: date) -> list[str]:
    """How somebody of that name stands to the organisation's officers, in words for the township."""
    holding = Q(until_on__isnull=True) | Q(until_on__gte=on)
    officers = Officer.objects.filter(holding, organisation_id=organisation_id, since_on__lte=on)
    own = [f"{one.name}（{one.office}）" for one in officers if one.name == name]
    kin = Kinship.objects.select_related("officer").filter(officer__in=officers, name=name)
    return own + [f"{one.officer.name} · {one.relation}" for one in kin]
