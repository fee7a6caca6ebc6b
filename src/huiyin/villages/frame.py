"""What stands around the pages of the village economy: the console's frame, and tabs of sections."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse

from huiyin.console.api import show
from huiyin.economy.organisations.api import Organisation
from huiyin.kernel.words import Words
from huiyin.pages.api import url
from huiyin.villages.sections import OF_MANY, OF_ONE

HOME = "villages:organisations"


def show_one(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    organisation: Organisation,
    section: str,
    status: int = 200,
    done: Mapping[str, Words] | None = None,
) -> HttpResponse:
    """Draw a page of one organisation; its template extends `villages/one.html`.

    `done` holds what may be said of the act that led here, by the key in the address: `?done=key`.
    """
    tabs = [
        (one.title, url(one.route, organisation.code), one.key == section)
        for one in OF_ONE
        if one.belongs_to(organisation.kind)
    ]
    return _show(request, template, {**context, "organisation": organisation, "sections": tabs}, status, done)


def show_many(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    section: str,
    status: int = 200,
    done: Mapping[str, Words] | None = None,
) -> HttpResponse:
    """Draw a page over many organisations; its template extends `villages/many.html`."""
    tabs = [(one.title, url(one.route), one.key == section) for one in OF_MANY]
    return _show(request, template, {**context, "sections": tabs}, status, done)


def _show(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    status: int,
    done: Mapping[str, Words] | None,
) -> HttpResponse:
    return show(request, template, context, HOME, status, done=done)
