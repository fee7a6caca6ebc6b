"""The notice board of one organisation: what hangs, who is in office, what its charter lays down."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from huiyin.economy.income.api import choose_band, name_bands, read_incomes
from huiyin.economy.organisations.api import (
    OFFICES,
    Organisation,
    OrganisationKind,
    get_limits,
    get_organisation,
)
from huiyin.economy.postings.api import KINDS, list_postings
from huiyin.kernel.words import Words
from huiyin.noticeboard.frame import show
from huiyin.pages.api import number_pages, read_page
from huiyin.people.api import EVERYONE, open_to

PAGE = 20


@open_to(EVERYONE)
@require_safe
def show_board(request: HttpRequest, code: str) -> HttpResponse:
    """Postings by kind, the newest first; those that run stand above those that are over."""
    one = get_organisation(code)
    kind = request.GET.get("kind", "")
    kind = kind if kind in KINDS else ""
    found, today = list_postings(one.pk, kind), timezone.localdate()
    count = found.count()
    page = read_page(request.GET.dict(), max(1, -(-count // PAGE)))
    rows = list(found[(page - 1) * PAGE : page * PAGE])
    used = list_postings(one.pk).order_by().values_list("kind", flat=True).distinct()
    context = {
        "organisation": one,
        "kinds": {key: KINDS[key] for key in KINDS if key in set(used)},
        "kind": kind,
        "count": count,
        "running": [row for row in rows if row.until_on >= today],
        "past": [row for row in rows if row.until_on < today],
        "titles": KINDS,
        "paging": number_pages(request.GET.dict(), count, PAGE),
        "today": today,
        **_describe(one),
    }
    return show(request, "noticeboard/board.html", context)


def _describe(one: Organisation) -> dict[str, object]:
    charter = one.charters.order_by("-version").first()
    return {
        "offices": OFFICES,
        "officers": one.officers.filter(until_on__isnull=True).order_by("id"),
        "charter": charter,
        "reserve": tell_share(charter.reserve_per_mille) if charter else "",
        "collective": tell_share(charter.collective_per_mille) if charter else "",
        "cooperative": one.kind == OrganisationKind.COOPERATIVE,
        "year": timezone.localdate().year - 1,
        "band": _find_band(one, timezone.localdate().year - 1),
    }


def tell_share(per_mille: int) -> str:
    """30%, 12.5%."""
    whole, rest = divmod(per_mille, 10)
    return f"{whole}.{rest}%" if rest else f"{whole}%"


def _find_band(one: Organisation, year: int) -> Words | None:
    """The band of last year's operating income; None when its books have nothing of that year."""
    income = read_incomes([one.pk], year, year).get(one.pk, {}).get(year)
    if income is None or not (income.total_fen or income.expense_fen):
        return None
    limits = get_limits(["income-one", "income-two"])
    bounds = (limits["income-one"], limits["income-two"])
    return name_bands(*bounds)[choose_band(income.operating_fen, *bounds)]
