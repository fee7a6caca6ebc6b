"""我的网格: the cells that the account holds, their cases, and what its holder writes down of one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.cases.api import Case, find_seen_number
from huiyin.console.frame import acting_of, show
from huiyin.console.grid.rows import badge_of, list_rows
from huiyin.grid.api import list_cells, list_held_cells
from huiyin.journal.api import list_entries
from huiyin.kernel.masks import mask_numbers
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.pages.api import status_of
from huiyin.people.api import get_account_of, open_to
from huiyin.placing.api import CellCase, get_cell_case, list_cell_cases, note_from_cell

CURRENT = "console:my-cells"
DONE = {"noted": Words("已记下，承办单位看得到。", "Written down; the unit can read it.")}


@require_safe
@open_to("staff")
def show_mine(request: HttpRequest) -> HttpResponse:
    """The account's cells and what is open in them, the soonest due first."""
    account, now = get_account_of(request), timezone.now()
    today = timezone.localdate(now)
    ids = list_held_cells(account.id, today)
    closed = request.GET.get("state") == "all"
    context = {
        "cells": list_cells(today, ids=ids) if ids else [],
        "cases": list_rows(list_cell_cases(ids, closed=closed) if ids else [], now),
        "closed": closed,
        "account_id": account.id,
        "reports": bool(account.roles & {"visitor", "steward"}),
    }
    return show(request, "console/grid/mine.html", context, CURRENT)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to("staff")
def show_my_case(request: HttpRequest, number: str) -> HttpResponse:
    """One case of a cell that the account holds: what it is about and how it goes, nothing of the person.

    Whoever sees the case by their post without holding its cell is led to its own page.
    """
    acting, now = acting_of(request), timezone.now()
    if request.method != "POST" and not _holds(request, number) and find_seen_number(number, acting):
        return HttpResponseRedirect(reverse("console:case", args=[number]))
    case = get_cell_case(number, get_account_of(request).id, now)
    if request.method != "POST":
        return _show(request, case)
    try:
        key = f"cell:{request.POST.get('client_key', '')[:60]}"
        note_from_cell(case.number, request.POST.get("note", ""), acting, now, key=key)
    except Refusal as refusal:
        return _show(request, case, refusal)
    answer = HttpResponseRedirect(f"{reverse('console:my-case', args=[case.number])}?done=noted")
    answer.status_code = 303
    return answer


def _holds(request: HttpRequest, number: str) -> bool:
    """Whether the case lies in a cell that the account holds today, and may be shown to its holder."""
    cells = list_held_cells(get_account_of(request).id, timezone.localdate())
    return bool(cells and list_cell_cases(cells, closed=True, number=number, limit=1))


def _show(request: HttpRequest, case: CellCase, refusal: Refusal | None = None) -> HttpResponse:
    words = Case.objects.filter(pk=case.id).values_list("text__words", flat=True)[0]
    notes = [one for one in list_entries(f"case:{case.number}") if one.verb == "cell-noted"]
    context = {
        "case": case,
        "badge": badge_of(case, timezone.now()),
        "words": mask_numbers(words or ""),
        "notes": notes[::-1],
        "refusal": refusal,
        "typed": request.POST.get("note", ""),
    }
    status = status_of(refusal) if refusal else 200
    return show(request, "console/grid/my-case.html", context, CURRENT, status, done=DONE)
