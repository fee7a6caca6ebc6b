"""The differences that a year's inventories found, over all villages: what, where, explained or not."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from huiyin.console.api import export_xlsx
from huiyin.economy.assets.api import CHECKS, FAULTS, TREATMENTS, Difference, find_year, tell_mu
from huiyin.economy.organisations.api import list_seen
from huiyin.kernel.money import to_yuan
from huiyin.kernel.texts import read_number
from huiyin.kernel.words import Words
from huiyin.pages.api import Column, Value, number_pages, read_page
from huiyin.people.api import get_account_of, open_to
from huiyin.villages.frame import show_many
from huiyin.villages.values import READERS

PAGE = 50
COLUMNS = [
    Column(Words("乡镇", "Township")),
    Column(Words("组织", "Organisation"), 30),
    Column(Words("工单", "Case")),
    Column(Words("检查", "Check")),
    Column(Words("问题", "Finding"), 26),
    Column(Words("对象", "Thing"), 26),
    Column(Words("差额（元）", "Difference (yuan)")),
    Column(Words("面积差（亩）", "Area (mu)")),
    Column(Words("原因", "Explanation"), 30),
    Column(Words("处理", "Treatment"), 26),
]


@require_safe
@open_to(*READERS)
def differences(request: HttpRequest) -> HttpResponse:
    """Every difference of a year, those without a word first asked for, as a page or a spreadsheet."""
    account = get_account_of(request)
    year = read_number(request.GET.get("year", ""), 4) or find_year(account) or timezone.localdate().year
    check, unexplained = request.GET.get("check", ""), bool(request.GET.get("open"))
    found = Difference.objects.filter(inventory__year=year, inventory__organisation__in=list_seen(account))
    if check in CHECKS:
        found = found.filter(kind=check)
    if unexplained:
        found = found.filter(treatment="")
    found = found.select_related("inventory__organisation__township", "inventory__case", "line__asset")
    found = found.order_by("inventory__organisation__code", "id")
    if request.GET.get("as") == "xlsx":
        return _export(request, found, year)
    count = found.count()
    page = read_page(request.GET.dict(), -(-count // PAGE))
    context = {
        "rows": found[(page - 1) * PAGE : page * PAGE],
        "count": count,
        "year": year,
        "check": check,
        "unexplained": unexplained,
        "checks": CHECKS,
        "faults": FAULTS,
        "treatments": TREATMENTS,
        "tell_mu": tell_mu,
        "paging": number_pages(request.GET.dict(), count, PAGE),
    }
    return show_many(request, "villages/assets/differences.html", context, "inventories")


def _export(request: HttpRequest, found: QuerySet[Difference], year: int) -> HttpResponse:
    rows: list[list[Value]] = [
        [
            one.inventory.organisation.township.short,
            one.inventory.organisation.called,
            one.inventory.case.number,
            CHECKS[one.kind],
            FAULTS[one.fault],
            one.line.asset.name if one.line else one.account,
            to_yuan(one.gap_fen),
            tell_mu(one.gap_mu) if one.gap_mu else "",
            one.explanation,
            TREATMENTS.get(one.treatment, Words("")),
        ]
        for one in found
    ]
    return export_xlsx(request, "differences", f"{year} 年清产核资差异", COLUMNS, rows)
