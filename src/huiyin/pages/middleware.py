"""What stands between the network and every view: security headers, language, refusals."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from django.conf import settings
from django.db import DataError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers

from huiyin.kernel.refusals import Refusal
from huiyin.pages import failures

Answer = Callable[[HttpRequest], HttpResponseBase]

POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(self), microphone=(self), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class SecurityHeaders:
    """Gives each request an `id` (also sent back) and each response the headers that keep it safe."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not hasattr(request, "id"):  # whoever watches requests may have given it one
            request.id = uuid4().hex[:16]  # type: ignore[attr-defined]  # told to the person on failure pages
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers["X-Request-Id"] = request.id  # type: ignore[attr-defined]
        if settings.SECURE_COOKIES:
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        # A shared office computer must not show personal data again after sign-out.
        response.headers.setdefault("Cache-Control", _keep(request))
        return response


def _keep(request: HttpRequest) -> str:
    return "private, no-store" if getattr(request, "account", None) else "private, no-cache"


class ChooseLanguage:
    """Chinese unless the person chose otherwise: what the browser prefers is not asked."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", "en" if language == "en" else "zh-CN")
        patch_vary_headers(response, ("Cookie",))
        return response


class AnswerRefusals:
    """Turns a `Refusal` that a view let through into a page, a fragment or JSON."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refusal, or input that the database cannot take; anything else stays with Django."""
        if isinstance(exception, DataError):
            exception = failures.refuse_data(exception)
        return failures.answer_refusal(request, exception) if isinstance(exception, Refusal) else None
