"""How much may come in with one request: what says that it is larger is refused before it is read."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.pages import failures

MEGABYTE = 1024 * 1024


class LimitBodies:
    """Answers 413 by the `Content-Length` alone. A body without one is not read at all (Django's way)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length) > settings.LARGEST_REQUEST:
            return failures.answer_refusal(request, _too_large())
        return self.get_response(request)


def _too_large() -> Refusal:
    return Refusal("too-large", _TOO_LARGE.fill(most=settings.LARGEST_REQUEST // MEGABYTE), field="files")


_TOO_LARGE = Words(
    "一次提交的内容太大了（最多 {most} MB），没有接收。请返回，减少附件或压缩后分几次上传。",
    "What was sent at once is too large (at most {most} MB) and was not taken. Go back, and send fewer "
    "or smaller files.",
)
