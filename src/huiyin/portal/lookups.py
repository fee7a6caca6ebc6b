"""Finds a matter by its number and the phone that was given with it; guessing is limited."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

from django.db.models import Count

from huiyin.appeals.api import link_of
from huiyin.cases.api import Case
from huiyin.journal.api import blind
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import fold
from huiyin.kernel.words import Words
from huiyin.people.api import find_persons_by_phone
from huiyin.portal.models import FailedLookup
from huiyin.portal.rules import TRIES_WITHIN, demand_lookup_allowed

_PURPOSE = "lookup"


def find_link(number: str, phone: str, address: str, now: datetime) -> str:
    """The path of the person's own page; refused alike whether the number, the phone or their fit is wrong.

    Failures count by address and by number, `TRIES` each within `TRIES_WITHIN`.
    """
    wanted = fold(number).replace(" ", "").upper()
    marks = [blind(f"address:{address}", _PURPOSE), blind(f"number:{wanted}", _PURPOSE)]
    demand_lookup_allowed(_count_failures(marks, now))
    # Both are looked up always, so that the time taken does not tell which one is wrong.
    case = Case.objects.filter(number=wanted, kind="appeal").first()
    persons = {person.id for person in find_persons_by_phone(phone)}
    if case is None or case.person_id not in persons:
        _note_failure(marks, now)
        raise Refusal("lookup-not-found", _NOT_FOUND)
    return urlsplit(link_of(case)).path


_NOT_FOUND = Words(
    "没有查到。请核对编号和反映时留的电话；匿名反映的，只能用当时给您的链接查。",
    "Nothing was found. Check the number and phone; an anonymous matter opens by its link alone.",
)


def _count_failures(marks: Sequence[bytes], now: datetime) -> int:
    recent = FailedLookup.objects.filter(mark__in=marks, at__gt=now - TRIES_WITHIN)
    counts = recent.values("mark").annotate(times=Count("id")).values_list("times", flat=True)
    return max(counts, default=0)


def _note_failure(marks: Sequence[bytes], now: datetime) -> None:
    FailedLookup.objects.filter(at__lt=now - TRIES_WITHIN).delete()
    FailedLookup.objects.bulk_create([FailedLookup(mark=mark, at=now) for mark in marks])
