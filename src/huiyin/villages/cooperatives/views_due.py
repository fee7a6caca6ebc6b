"""Benefit contracts over many co-operatives: due and overdue by township, and the list of what is late."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from huiyin.console.api import export_xlsx
from huiyin.economy.cooperatives.api import PART_KINDS, BenefitSums, list_overdue, sum_benefits
from huiyin.economy.organisations.api import Organisation, OrganisationKind, list_seen
from huiyin.kernel.money import to_yuan
from huiyin.pages.api import Value, number_pages, read_page
from huiyin.people.api import get_account_of, open_to
from huiyin.villages.cooperatives.sheets import OVERDUE, TOWNSHIPS, tell_overdue
from huiyin.villages.frame import show_many
from huiyin.villages.values import READERS

PAGE = 50


@require_safe
@open_to(*READERS)
def all_benefits(request: HttpRequest) -> HttpResponse:
    """By township: contracts, households, due, paid, overdue."""
    held = _list_seen(request)
    rows = _by_township(held)
    context = {"rows": rows, "every": _add(sums for _, sums in rows)}
    return show_many(request, "villages/cooperatives/all-benefits.html", context, "benefits")


@require_safe
@open_to(*READERS)
def all_benefits_sheet(request: HttpRequest) -> HttpResponse:
    """The same as a spreadsheet."""
    rows: Iterable[list[Value]] = (
        [
            short, one.contracts, one.unfiled, one.households,
            to_yuan(one.due), to_yuan(one.paid), to_yuan(one.overdue), one.late,
        ]
        for short, one in _by_township(_list_seen(request))
    )  # fmt: skip
    return export_xlsx(request, "benefits-by-township", "联农带农按乡镇", TOWNSHIPS, rows)


@require_safe
@open_to(*READERS)
def overdue(request: HttpRequest) -> HttpResponse:
    """What should have been paid and is not, the oldest first."""
    found = list_overdue([one.pk for one in _list_seen(request)], timezone.localdate())
    count = found.count()
    page = read_page(request.GET.dict(), -(-count // PAGE))
    context = {
        "rows": found[(page - 1) * PAGE : page * PAGE],
        "count": count,
        "paging": number_pages(request.GET.dict(), count, PAGE),
        "part_kinds": PART_KINDS,
    }
    return show_many(request, "villages/cooperatives/overdue.html", context, "benefits")


@require_safe
@open_to(*READERS)
def overdue_sheet(request: HttpRequest) -> HttpResponse:
    """The same as a spreadsheet."""
    found = list_overdue([one.pk for one in _list_seen(request)], timezone.localdate())
    return export_xlsx(request, "benefits-overdue", "联农带农逾期", OVERDUE, map(tell_overdue, found))


def _list_seen(request: HttpRequest) -> list[Organisation]:
    found = list_seen(get_account_of(request)).filter(kind=OrganisationKind.COOPERATIVE)
    return list(found.order_by("township__sort", "code"))


def _by_township(held: list[Organisation]) -> list[tuple[str, BenefitSums]]:
    sums = sum_benefits([one.pk for one in held], timezone.localdate())
    townships: dict[str, list[BenefitSums]] = {}
    for one in held:
        townships.setdefault(one.township.short, []).append(sums.get(one.pk, BenefitSums()))
    return [(short, _add(own)) for short, own in townships.items()]


def _add(held: Iterable[BenefitSums]) -> BenefitSums:
    own = list(held)
    return BenefitSums(*(sum(getattr(one, field.name) for one in own) for field in fields(BenefitSums)))
