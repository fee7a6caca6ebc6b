"""Keeping a worklist under a name, and choosing its columns."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from huiyin.cases import api as cases
from huiyin.console.frame import show
from huiyin.console.menu import HAS_TO_DO_WITH_CASES
from huiyin.console.worklists.asking import Asked, read_asked
from huiyin.console.worklists.columns import COOKIE, keep_known, read_cookie, write_cookie
from huiyin.kernel.refusals import Refusal
from huiyin.pages.api import address
from huiyin.people.api import get_account_of, open_to

YEAR = 365 * 24 * 3600


def read_query(request: HttpRequest) -> Asked:
    """The list that a form was sent from, read from its field `query`; anything else in it is dropped."""
    sent = request.POST.get("query") or request.GET.get("query", "")
    return read_asked(QueryDict(sent.removeprefix("?")).dict(), "todo")


def lead_back(parts: dict[str, str]) -> HttpResponse:
    """Back to the list that the parts of an address ask for."""
    return HttpResponseRedirect(reverse("console:worklist") + address(parts))


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*HAS_TO_DO_WITH_CASES)
def save_view(request: HttpRequest) -> HttpResponse:
    """Keep filters, order and columns of the present list; a name that cannot be is asked for again."""
    asked = read_query(request)
    parts = {key: value for key, value in asked.parts.items() if key != "view"}
    name = request.POST.get("name", "")
    error: Refusal | None = None
    if request.method == "POST":
        columns = _find_columns(request, asked)
        try:
            view = cases.save_view(get_account_of(request).id, name, parts, columns, timezone.now())
        except Refusal as refusal:
            error = refusal
        else:
            return lead_back({**parts, "view": str(view.pk), "done": "view-saved"})
    context = {"query": address(asked.parts), "name": name, "error": error.words if error else ""}
    return show(
        request, "console/worklists/save-view.html", context, "console:worklist", 422 if error else 200
    )


def _find_columns(request: HttpRequest, asked: Asked) -> tuple[str, ...]:
    kept = cases.list_views(get_account_of(request).id)
    view = next((one for one in kept if str(one.pk) == asked.parts.get("view")), None)
    return keep_known(view.columns) if view and view.columns else read_cookie(request.COOKIES.get(COOKIE, ""))


@require_POST
@open_to(*HAS_TO_DO_WITH_CASES)
def remove_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a view of one's own; one that is gone already, or somebody else's, changes nothing."""
    cases.remove_view(get_account_of(request).id, pk)
    return HttpResponseRedirect(reverse("console:worklist") + "?done=view-removed")


@require_POST
@open_to(*HAS_TO_DO_WITH_CASES)
def choose_columns(request: HttpRequest) -> HttpResponse:
    """Show these columns from now on: kept with the saved view that is open, else in this browser."""
    asked = read_query(request)
    columns = keep_known(request.POST.getlist("column"))
    account = get_account_of(request)
    view = next((one for one in cases.list_views(account.id) if str(one.pk) == asked.parts.get("view")), None)
    response = lead_back(dict(asked.parts))
    if view is not None:
        cases.save_view(account.id, view.name, view.filters, columns, timezone.now())
    else:
        response.set_cookie(
            COOKIE,
            write_cookie(columns),
            max_age=YEAR,
            samesite="Lax",
            secure=settings.SECURE_COOKIES,
            httponly=True,
        )
    return response
