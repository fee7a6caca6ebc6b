"""The co-operatives that an account sees, and the form with which a township registers one."""

from __future__ import annotations

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.console.api import export_xlsx
from huiyin.economy.cooperatives.api import (
    MODELS,
    CooperativeSums,
    NewCooperative,
    found_cooperative,
    sum_cooperatives,
)
from huiyin.economy.organisations.api import OVERSEES, Organisation, OrganisationKind, get_seen, list_seen
from huiyin.kernel.refusals import Refusal
from huiyin.pages.api import number_pages, read_page, status_of_form, url
from huiyin.people.api import get_account_of, open_to
from huiyin.villages.cooperatives.frame import DONE, answer_form
from huiyin.villages.cooperatives.sheets import COOPERATIVES, tell_cooperative
from huiyin.villages.cooperatives.typed import find_day, read_day, read_words
from huiyin.villages.frame import show_many
from huiyin.villages.values import READERS

PAGE = 50
Row = tuple[Organisation, CooperativeSums]


@require_safe
@open_to(*READERS)
def cooperatives(request: HttpRequest) -> HttpResponse:
    """The list with households, capital and last surplus; found by name, model or township."""
    rows = _list_rows(request)
    page = read_page(request.GET.dict(), -(-len(rows) // PAGE))
    context = {
        "rows": rows[(page - 1) * PAGE : page * PAGE],
        "count": len(rows),
        "households": sum(sums.households for _, sums in rows),
        "capital": sum(sums.capital for _, sums in rows),
        "of_collective": sum(sums.of_collective for _, sums in rows),
        "paging": number_pages(request.GET.dict(), len(rows), PAGE),
        "models": MODELS,
        "wanted": request.GET.dict(),
        "townships": _list_townships(request),
        "registers": OVERSEES in get_account_of(request).roles,
        "exports": bool(get_account_of(request).roles & {OVERSEES, "leader"}),
    }
    return show_many(request, "villages/cooperatives/list.html", context, "cooperatives", done=DONE)


@require_safe
@open_to(*READERS)
def cooperatives_sheet(request: HttpRequest) -> HttpResponse:
    """The same list as a spreadsheet."""
    rows = (tell_cooperative(one, sums) for one, sums in _list_rows(request))
    return export_xlsx(request, "cooperatives", "合作社", COOPERATIVES, rows)


def _list_rows(request: HttpRequest) -> list[Row]:
    found = list_seen(get_account_of(request)).filter(kind=OrganisationKind.COOPERATIVE)
    wanted, model = request.GET.get("q", "").strip()[:60], request.GET.get("model", "")
    if wanted:
        found = found.filter(name__icontains=wanted) | found.filter(code__icontains=wanted)
    if model in MODELS:
        found = found.filter(cooperative__model=model)
    township = request.GET.get("township", "")
    if township.isascii() and township.isdigit():
        found = found.filter(township_id=int(township[:9]))
    rows = list(found.select_related("township", "area", "leader", "cooperative"))
    sums = sum_cooperatives([one.pk for one in rows], timezone.localdate())
    return [(one, sums[one.pk]) for one in rows]


def _list_townships(request: HttpRequest) -> list[tuple[str, str]]:
    seen = list_seen(get_account_of(request)).filter(kind=OrganisationKind.COOPERATIVE).order_by()
    held = seen.values_list("township_id", "township__short").annotate(many=Count("id"))
    return [(str(pk), short) for pk, short, _ in held.order_by("township__sort")]


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(OVERSEES)
def new_cooperative(request: HttpRequest) -> HttpResponse:
    """The township registers a co-operative that a collective's party organisation leads."""

    def draw(refusal: Refusal | None) -> HttpResponse:
        leaders = list_seen(get_account_of(request)).exclude(kind=OrganisationKind.COOPERATIVE)
        context = {
            "leaders": [("", "–"), *((one.code, f"{one.name} {one.township.short}") for one in leaders)],
            "models": MODELS,
            "typed": request.POST if request.method == "POST" else request.GET,
            "refusal": refusal,
            "errors": {refusal.field: refusal.words} if refusal and refusal.field else {},
        }
        template = "villages/cooperatives/new.html"
        return show_many(request, template, context, "cooperatives", status_of_form(refusal))

    def act() -> str:
        typed = request.POST.dict()
        new = NewCooperative(
            leader=get_seen(typed.get("leader", ""), get_account_of(request)),
            code=read_words(typed, "code"),
            name=read_words(typed, "name"),
            model=typed.get("model", ""),
            founded_on=read_day(typed, "founded_on"),
            resolution=read_words(typed, "resolution"),
            resolved_on=find_day(typed, "resolved_on"),
        )
        made = found_cooperative(new, get_account_of(request), timezone.now())
        return url("villages:cooperative", made.code) + "?done=founded"

    return answer_form(act, draw) if request.method == "POST" else draw(None)
