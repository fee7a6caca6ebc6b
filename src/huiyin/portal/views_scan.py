"""Scan to order: the page of a place, its QR code and its poster; the same matters without a place."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from huiyin.cases.api import get_newest
from huiyin.pages.api import render
from huiyin.people.api import EVERYONE, open_to
from huiyin.portal.choices import list_groups
from huiyin.portal.codes import draw_code, write_code
from huiyin.portal.forms import get_spot
from huiyin.portal.frame import make_absolute, show


@open_to(EVERYONE)
@require_safe
def show_place(request: HttpRequest, code: str) -> HttpResponse:
    """What can be ordered here, by group; a tap leads to the form with place and matter filled in."""
    return show(request, "portal/matters.html", {"spot": get_spot(code), "groups": list_groups()})


@open_to(EVERYONE)
@require_safe
def list_matters(request: HttpRequest) -> HttpResponse:
    """The frequent matters for somebody who scanned nothing."""
    return show(request, "portal/matters.html", {"spot": None, "groups": list_groups()})


@open_to(EVERYONE)
@require_safe
def draw_place_code(request: HttpRequest, code: str) -> HttpResponse:
    """The QR code of the place as an SVG file."""
    return HttpResponse(write_code(_address_of(request, get_spot(code).code)), content_type="image/svg+xml")


@open_to(EVERYONE)
@require_safe
def show_poster(request: HttpRequest, code: str) -> HttpResponse:
    """One A4 page to hang on the wall."""
    spot = get_spot(code)
    address = _address_of(request, spot.code)
    context = {"spot": spot, "address": address, "code": draw_code(address), "process": get_newest("scan")}
    return render(request, "portal/poster.html", context)


def _address_of(request: HttpRequest, code: str) -> str:
    return make_absolute(request, reverse("portal:place", args=(code,)))
