"""Who may open a page: every view declares it, and is guarded by what it declares."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from huiyin.kernel.addresses import split_address
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.pages.api import is_fragment, keep_typed
from huiyin.people.sessions import COOKIE, tell_ending
from huiyin.people.values import AccountInHand
from huiyin.process.api import ROLES

EVERYONE = "everyone"
STAFF = "staff"
SIGN_IN_ROUTE = "console:sign-in"
FIRST_ROUTES = {
    "password": "console:password",  # pragma: allowlist secret
    "second-factor": "console:second-factor",
}
"""Where an account is led that must do something before any other page opens."""

ENDED = {
    "idle": Words(
        "因长时间未操作已退出，请重新登录。", "You were signed out after a long pause. Sign in again."
    ),
    "over": Words("本次登录时间已满，请重新登录。", "The time of your session is up. Sign in again."),
}
"""Why a session has ended, for whoever comes back."""

_FIRST = {
    "password": Words("请先修改密码。", "Change your password first."),
    "second-factor": Words("请先开启两步验证。", "Set up the second factor first."),
}

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


class GuardedView(Protocol[P]):
    """A view that says who may open it: `access` holds `everyone`, `staff` or role keys."""

    access: frozenset[str]
    even_first: bool

    def __call__(self, request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase: ...


def open_to(*access: str, even_first: bool = False) -> Callable[[View[P]], GuardedView[P]]:
    """Guard a view: `everyone`, `staff` (any signed-in account), or the roles that may open it.

    Signed in, but a password or a second factor is due first: led there, except from views that are open
    `even_first`.

    Nobody signed in: a page leads to the sign-in with `next`; htmx and JSON are answered 401.
    Signed in without one of the roles: refused `not-your-duty`.
    A word that is no role is a mistake in the code and raises at once.
    """
    unknown = set(access) - {EVERYONE, STAFF, *ROLES}
    if unknown or not access:
        raise ValueError(f"open_to: {sorted(unknown) or 'nobody'} is not a role")
    allowed = frozenset(access)

    def guard(view: View[P]) -> GuardedView[P]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            answer = None if EVERYONE in allowed else _turn_away(request, allowed, even_first=even_first)
            return view(request, *args, **kwargs) if answer is None else answer

        ready = cast("GuardedView[P]", guarded)
        ready.access = allowed
        ready.even_first = even_first
        return ready

    return guard


def find_account_of(request: HttpRequest) -> AccountInHand | None:
    """Who is signed in, or None."""
    account: AccountInHand | None = getattr(request, "account", None)
    return account


def get_account_of(request: HttpRequest) -> AccountInHand:
    """Who is signed in; refuses `sign-in` when nobody is."""
    account = find_account_of(request)
    if account is None:
        raise Refusal("sign-in", Words("请先登录。", "Sign in first."))
    return account


def _turn_away(request: HttpRequest, allowed: frozenset[str], *, even_first: bool) -> HttpResponse | None:
    account = find_account_of(request)
    if account is None:
        return _ask_to_sign_in(request)
    if account.must and not even_first:
        return _lead(request, reverse(FIRST_ROUTES[account.must]), "first", _FIRST[account.must], 403)
    if STAFF in allowed or account.roles & allowed:
        return None
    raise Refusal("not-your-duty", _duty_words(allowed))


def _ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Lead to the sign-in and back; say why a session has ended. What was typed is shown again."""
    token = request.COOKIES.get(COOKIE)
    why = tell_ending(token, timezone.now()) if token else ""
    query = {key: value for key, value in (("next", _page_of(request)), ("why", why)) if value}
    address = reverse(SIGN_IN_ROUTE) + (f"?{urlencode(query)}" if query else "")
    if why and request.method == "POST" and not _wants_data(request) and not is_fragment(request):
        return keep_typed(request, ENDED[why], address)
    return _lead(request, address, "sign-in", Words("请先登录。", "Sign in first."), 401)


def _lead(request: HttpRequest, address: str, code: str, words: Words, status: int) -> HttpResponse:
    """To another page, in the form that was asked for: htmx goes there, JSON is told why."""
    told = words.tell(get_language() or "zh")
    if is_fragment(request):
        return HttpResponse(told, status=status, headers={"HX-Redirect": address})
    if _wants_data(request):
        body = {"code": code, "words": told}
        return JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})
    return HttpResponseRedirect(address)


def _wants_data(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def _page_of(request: HttpRequest) -> str:
    """The page to come back to: the one asked for, or the one a form or a fragment was sent from."""
    if request.method in {"GET", "HEAD"} and not is_fragment(request):
        return request.get_full_path()
    sent_from = split_address(request.headers.get("HX-Current-URL") or request.headers.get("Referer", ""))
    if sent_from.netloc != request.get_host():
        return ""
    return f"{sent_from.path}?{sent_from.query}" if sent_from.query else sent_from.path


def _duty_words(allowed: frozenset[str]) -> Words:
    titles = [title for role, title in ROLES.items() if role in allowed]
    return Words(
        "这一页由{roles}使用。需要这个岗位的，请找系统管理员。",
        "This page is for: {roles}. If it is your duty, ask the administrator for the post.",
    ).fill(roles=Words("、".join(title.zh for title in titles), ", ".join(title.en for title in titles)))
