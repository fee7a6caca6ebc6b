"""Writes into the header where a case lies, when a person has said so."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from huiyin.cases.models import Case
from huiyin.cases.values import Acting
from huiyin.journal.api import NewEntry, append
from huiyin.people.api import Area


@transaction.atomic
def relocate_case(
    number: str, area: Area, township_id: int, acting: Acting, now: datetime, *, name: str
) -> bool:
    """The case lies in `area` of that township; whether that was news. The journal tells it by `name`.

    A form that is open keeps its version: where a case lies takes nothing from a move.
    """
    case = Case.objects.select_for_update(of=("self",)).select_related("area").get(number=number)
    if (case.area_id, case.township_id) == (area.pk, township_id):
        return False
    before = case.area.name if case.area else ""
    Case.objects.filter(pk=case.pk).update(area_id=area.pk, township_id=township_id)
    body = {"area": area.code, "name": name, "before": before}
    append([NewEntry(f"case:{number}", "placed", now, acting.account_id, acting.name, body)])
    return True
