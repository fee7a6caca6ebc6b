"""The checked replies as the centre reads them: filters, pages, counts of units and of judgements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from huiyin.language.api import GOOD, POOR, WEAK
from huiyin.replies.models import Check
from huiyin.replies.values import FIT, UNFIT

TO_JUDGE, JUDGED, ALL = "to-judge", "judged", "all"
VIEWS = (TO_JUDGE, JUDGED, ALL)


@dataclass(frozen=True, slots=True)
class Sought:
    """Which checks are listed: the view, and what narrows it. Days are inclusive."""

    view: str = TO_JUDGE
    unit_id: int | None = None
    band: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class UnitCount:
    """What was checked of one unit's replies, in numbers."""

    unit_id: int | None
    name: str
    name_en: str
    checked: int
    weak: int
    poor: int
    sampled: int
    judged: int
    unfit: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of the judged replies, how often check and person say the same: good and fit, or neither."""

    judged: int
    agreed: int
    good_unfit: int
    weak_fit: int


def _seek(sought: Sought) -> QuerySet[Check]:
    found = Check.objects.all()
    if sought.view == TO_JUDGE:
        found = found.filter(verdict="").exclude(sampled="")
    elif sought.view == JUDGED:
        found = found.exclude(verdict="")
    return _narrow(found, sought)


def _narrow(found: QuerySet[Check], sought: Sought) -> QuerySet[Check]:
    if sought.unit_id is not None:
        found = found.filter(unit_id=sought.unit_id)
    if sought.band:
        found = found.filter(band=sought.band)
    if sought.since:
        found = found.filter(made_at__gte=_start_of(sought.since))
    if sought.until and sought.until < date.max:
        found = found.filter(made_at__lt=_start_of(sought.until + timedelta(days=1)))
    return found


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def list_samples(sought: Sought, most: int, start: int = 0) -> list[Check]:
    """The checks of a page, newest first."""
    found = _seek(sought).select_related("case", "unit").order_by("-made_at", "-id")
    return list(found[start : start + most])


def iterate_samples(sought: Sought) -> Iterator[Check]:
    """Every check that is sought, newest first, in parts."""
    yield from _seek(sought).select_related("case", "unit").order_by("-made_at", "-id").iterator(500)


def count_samples(sought: Sought) -> int:
    """How many checks are sought."""
    return _seek(sought).count()


def count_units(sought: Sought) -> list[UnitCount]:
    """Per unit, the most weak and poor replies first; the view does not narrow it."""
    rows = (
        _narrow(Check.objects.all(), sought)
        .values_list("unit_id", "unit__short", "unit__name_en")
        .annotate(
            checked=Count("id"),
            weak=Count("id", filter=Q(band=WEAK)),
            poor=Count("id", filter=Q(band=POOR)),
            drawn=Count("id", filter=~Q(sampled="")),
            judged=Count("id", filter=~Q(verdict="")),
            unfit=Count("id", filter=Q(verdict=UNFIT)),
        )
    )
    counts = [UnitCount(unit, name or "", english or "", *numbers) for unit, name, english, *numbers in rows]
    return sorted(counts, key=lambda one: (-(one.weak + one.poor), -one.checked, one.name))


def measure_agreement(sought: Sought) -> Agreement:
    """How check and people agree over what was judged; one statement."""
    fit, good = Q(verdict=FIT), Q(band=GOOD)
    told = _narrow(Check.objects.exclude(verdict=""), sought).aggregate(
        judged=Count("id"),
        agreed=Count("id", filter=(fit & good) | (~fit & ~good)),
        good_unfit=Count("id", filter=good & ~fit),
        weak_fit=Count("id", filter=fit & ~good),
    )
    return Agreement(**told)


def find_check(pk: int) -> Check | None:
    """The check of that number with its case and unit, if there is one."""
    return Check.objects.select_related("case", "case__text", "unit").filter(pk=pk).first()


def list_checks_of(case_id: int) -> Sequence[Check]:
    """The checks of one case, newest first."""
    return list(Check.objects.select_related("unit").filter(case_id=case_id).order_by("-version"))
