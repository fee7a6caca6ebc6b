"""What stands around every citizens' page, and who may keep a copy of it."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from huiyin.kernel.words import Words
from huiyin.pages.api import NavItem, render

_FOOT = (
    (Words("反映问题", "Report a matter"), "portal:report"),
    (Words("查办理进度", "Look up a matter"), "portal:find"),
    (Words("帮助和隐私", "Help and privacy"), "portal:help"),
)


def show(
    request: HttpRequest,
    template: str,
    context: Mapping[str, object] | None = None,
    status: int = 200,
    *,
    private: bool = False,
) -> HttpResponse:
    """Draw a citizens' page. A `private` one, of one person's matter, is neither indexed nor kept."""
    foot = [NavItem(title, reverse(route), "") for title, route in _FOOT]
    response = render(request, template, {"foot_items": foot, "private": private, **(context or {})}, status)
    if private:
        keep_private(response)
    return response


def keep_private(response: HttpResponseBase) -> None:
    """The headers of what belongs to one person alone."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Cache-Control"] = "private, no-store"


def make_absolute(request: HttpRequest, path: str) -> str:
    """The whole address of a page of ours, as a phone can open it."""
    return f"{settings.PUBLIC_ADDRESS}{path}" if settings.PUBLIC_ADDRESS else request.build_absolute_uri(path)
