"""Who may open a page: every view declares it, and is guarded by what it declares."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.values import AccountInHand
from huiyin.process.api import ROLES

EVERYONE = "everyone"
STAFF = "staff"
SIGN_IN_ROUTE = "console:sign-in"

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


class GuardedView(Protocol[P]):
    """A view that says who may open it: `access` holds `everyone`, `staff` or role keys."""

    access: frozenset[str]

    def __call__(self, request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase: ...


def open_to(*access: str) -> Callable[[View[P]], GuardedView[P]]:
    """Guard a view: `everyone`, `staff` (any signed-in account), or the roles that may open it.

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
            answer = None if EVERYONE in allowed else _turn_away(request, allowed)
            return view(request, *args, **kwargs) if answer is None else answer

        ready = cast("GuardedView[P]", guarded)
        ready.access = allowed
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


def _turn_away(request: HttpRequest, allowed: frozenset[str]) -> HttpResponse | None:
    account = find_account_of(request)
    if account is None:
        return _ask_to_sign_in(request)
    if STAFF in allowed or account.roles & allowed:
        return None
    raise Refusal("not-your-duty", _duty_words(allowed))


def _ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    address = reverse(SIGN_IN_ROUTE)
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(_("请先登录。"), status=401, headers={"HX-Redirect": address})
    if request.headers.get("Accept", "").startswith("application/json"):
        told: dict[str, Any] = {"code": "sign-in", "words": _("请先登录。")}
        return JsonResponse(told, status=401, json_dumps_params={"ensure_ascii": False})
    if request.method in {"GET", "HEAD"}:
        address += "?" + urlencode({"next": request.get_full_path()})
    return HttpResponseRedirect(address)


def _duty_words(allowed: frozenset[str]) -> Words:
    titles = [title for role, title in ROLES.items() if role in allowed]
    return Words(
        "这一页由{roles}使用。需要这个岗位的，请找系统管理员。",
        "This page is for: {roles}. If it is your duty, ask the administrator for the post.",
    ).fill(roles=Words("、".join(title.zh for title in titles), ", ".join(title.en for title in titles)))
