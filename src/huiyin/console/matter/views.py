"""The page of one case."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from huiyin.console.matter.looking import look_at
from huiyin.console.matter.page import show_page
from huiyin.people.api import open_to


@require_safe
@open_to("staff")
def show_case(request: HttpRequest, number: str) -> HttpResponse:
    """The case, whole, with the form of the move that `?move=` names, or of the likeliest one."""
    return show_page(request, look_at(request, number), request.GET.get("move", ""))
