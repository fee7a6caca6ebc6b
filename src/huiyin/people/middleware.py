"""Knows who is signed in: `request.account`, at the price of one statement, and of none without a cookie."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from huiyin.people.sessions import COOKIE, clear_session_cookie, find_account_in_hand
from huiyin.people.values import KnownRequest


class KnowAccount:
    """Sets `request.account` to the `AccountInHand` of the cookie, else None; a dead cookie is cleared."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: KnownRequest) -> HttpResponse:
        # Machines come with a token of their own: a cookie that a browser brings along opens nothing there.
        token = None if request.path.startswith("/api/") else request.COOKIES.get(COOKIE)
        request.account = find_account_in_hand(token, timezone.now()) if token else None
        response = self.get_response(request)
        if token and request.account is None and COOKIE not in response.cookies:
            clear_session_cookie(response)
        return response
