"""Help in plain words, and what robots may read."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from huiyin.people.api import EVERYONE, UnitKind, list_units, open_to
from huiyin.portal.frame import show

_ROBOTS = "User-agent: *\nDisallow: /t/\nDisallow: /received/\nDisallow: /find\nDisallow: /console\n"


@open_to(EVERYONE)
@require_safe
def show_help(request: HttpRequest) -> HttpResponse:
    """How to report by phone, at a window or here, and what happens with personal data."""
    desks = [unit for kind in (UnitKind.CENTRE, UnitKind.TOWNSHIP) for unit in list_units(kind) if unit.phone]
    return show(request, "portal/help.html", {"desks": desks})


@open_to(EVERYONE)
@require_safe
def tell_robots(_request: HttpRequest) -> HttpResponse:
    """Nobody's own matter is to be found by a search engine."""
    return HttpResponse(_ROBOTS, content_type="text/plain; charset=utf-8")
