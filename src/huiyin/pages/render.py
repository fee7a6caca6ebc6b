"""Answer a request with a drawn page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.backends.utils import csrf_input
from django.template.loader import get_template
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from huiyin.pages import assets, filters

PRINT_COOKIE = "huiyin_print"


def is_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of a page (a page swapped in whole counts as a page)."""
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-Boosted") != "true"


def choose_surface(request: HttpRequest, template: str) -> str:
    """`portal` for the pages of citizens and villagers, else `console`; shared ones go by their address."""
    package = template.partition("/")[0]
    if package == "pages":
        return "console" if request.path.startswith("/console") else "portal"
    return "portal" if package in {"portal", "noticeboard"} else "console"


def describe_page(request: HttpRequest) -> dict[str, object]:
    """What every page knows: its language, its print size and its own address.

    A face may set `request.frame` (a mapping: `nav`, `bell`, `account_name`, …) early; every page drawn for
    the request has it then, failures too.
    """
    here = request.get_full_path() if request.method in {"GET", "HEAD"} else request.path
    return {
        "language": get_language() or settings.LANGUAGE_CODE,
        "large_print": request.COOKIES.get(PRINT_COOKIE) == "large",
        "here": here,
        "fragment": is_fragment(request),
        **getattr(request, "frame", {}),
    }


def render(
    request: HttpRequest, template: str, context: Mapping[str, object] | None = None, status: int = 200
) -> HttpResponse:
    """Draw `template` (`console/worklist.html`) with `context` over what every page knows."""
    text = render_text(request, template, context)
    return HttpResponse(text, status=status)


def _find_template(name: str) -> Any:
    """The Jinja2 template itself: Django's own way around it makes a new token for each form of a page."""
    return get_template(name).template  # type: ignore[attr-defined]  # of Jinja2's backend


def render_text(request: HttpRequest, template: str, context: Mapping[str, object] | None = None) -> str:
    """The drawn template as text, to be put together with other parts."""
    token = assets.surface.set(choose_surface(request, template))
    spoken = filters.language.set(get_language() or "")
    try:
        drawn: str = _find_template(template).render(
            {
                "request": request,
                "csrf_input": SimpleLazyObject(lambda: csrf_input(request)),
                **describe_page(request),
                **(context or {}),
            }
        )
        return drawn
    finally:
        filters.language.reset(spoken)
        assets.surface.reset(token)
