"""The two switches on every page: language and print size."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from huiyin.pages.render import PRINT_COOKIE

_YEAR = 365 * 24 * 3600


def find_next(request: HttpRequest) -> str:
    """The path of our own to go back to; anything that leads to another site becomes the front page."""
    wanted = request.GET.get("next", "/")
    ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if ours else "/"


def _remember(request: HttpRequest, name: str, value: str) -> HttpResponse:
    response = HttpResponseRedirect(find_next(request))
    response.set_cookie(
        name, value, max_age=_YEAR, samesite="Lax", secure=settings.SECURE_COOKIES, httponly=True
    )
    return response


@require_safe
def switch_language(request: HttpRequest, language: str) -> HttpResponse:
    """Read on in `language` (`zh-hans` or `en`)."""
    if language not in dict(settings.LANGUAGES):
        raise Http404(language)
    return _remember(request, settings.LANGUAGE_COOKIE_NAME, language)


@require_safe
def switch_print(request: HttpRequest, size: str) -> HttpResponse:
    """Read on in `size` (`plain` or `large`)."""
    if size not in {"plain", "large"}:
        raise Http404(size)
    return _remember(request, PRINT_COOKIE, size)
