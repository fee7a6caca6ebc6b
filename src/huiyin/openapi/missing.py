"""Answers at addresses of the interfaces that lead nowhere."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.pages.api import answer_problem
from huiyin.people.api import EVERYONE, open_to

_WORDS = Words("没有这个地址。接口说明见 /api/v1/。", "There is no such address. The interface: /api/v1/.")


@csrf_exempt
@open_to(EVERYONE)
def show_missing(request: HttpRequest, rest: str) -> HttpResponse:  # noqa: ARG001  the route's part
    """404 as a problem."""
    return answer_problem(request, 404, Refusal("not-found", _WORDS))
