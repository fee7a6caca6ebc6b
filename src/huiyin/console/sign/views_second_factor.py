"""One's own second factor: set up, recovery codes, removed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import segno
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from huiyin.console.frame import show
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people import api as people

ROUTE = "console:second-factor"
DONE = {
    "removed": Words("两步验证已关闭。", "The second factor is removed."),
}
SET = Words(
    "两步验证已生效，其他设备上的登录都已退出。",
    "The second factor is set; you are signed out everywhere else.",
)
RENEWED = Words("备用码已更换，旧的不能再用。", "There are new recovery codes; the old ones are void.")
FIRST = Words(
    "您的岗位要求两步验证。请先开启，再继续使用。",
    "Your role asks for a second factor. Set it up, then go on.",
)


@require_safe
@people.open_to(people.STAFF, even_first=True)
def show_state(request: HttpRequest) -> HttpResponse:
    """Whether there is one; the QR code of one that waits to be confirmed."""
    return _show(request)


@require_POST
@people.open_to(people.STAFF, even_first=True)
def begin(request: HttpRequest) -> HttpResponse:
    """Make a secret that waits to be confirmed."""
    people.begin_second_factor(people.get_account_of(request), timezone.now())
    return HttpResponseRedirect(reverse(ROUTE))


@sensitive_post_parameters("code")
@require_POST
@people.open_to(people.STAFF, even_first=True)
def confirm(request: HttpRequest) -> HttpResponse:
    """The first code confirms it. The recovery codes stand in the answer: they are kept nowhere."""
    holder, token = people.get_account_of(request), request.COOKIES[people.SESSION_COOKIE]
    code, origin = request.POST.get("code", ""), people.origin_of(request)
    try:
        codes = people.confirm_second_factor(holder, code, timezone.now(), token, origin)
    except Refusal as refusal:
        return _show(request, {"code": refusal.words}, rule=refusal.rule)
    response = _show(request, codes=codes, told=SET)
    people.set_session_cookie(response, people.renew_session(token, strong=True))
    return response


@sensitive_post_parameters("code")
@require_POST
@people.open_to(people.STAFF)
def renew_codes(request: HttpRequest) -> HttpResponse:
    """New recovery codes, after a code of the phone; they are in the answer itself."""
    holder, now, origin = people.get_account_of(request), timezone.now(), people.origin_of(request)
    try:
        people.prove_code(holder, request.POST.get("code", ""), now, origin)
    except Refusal as refusal:
        return _show(request, {"code": refusal.words}, rule=refusal.rule)
    return _show(request, codes=people.renew_recovery_codes(holder, now, origin), told=RENEWED)


@sensitive_post_parameters("password", "last_code")
@require_POST
@people.open_to(people.STAFF)
def remove(request: HttpRequest) -> HttpResponse:
    """Remove it, after password and code."""
    holder, now, origin = people.get_account_of(request), timezone.now(), people.origin_of(request)
    try:
        people.prove_oneself(holder, request.POST.get("password", ""), now, origin)
        people.prove_code(holder, request.POST.get("last_code", ""), now, origin)
    except Refusal as refusal:
        field = {"code": "last_code"}.get(refusal.field, refusal.field)
        return _show(request, {field: refusal.words}, rule=refusal.rule)
    people.remove_second_factor(holder, now, origin)
    return HttpResponseRedirect(reverse(ROUTE) + "?done=removed")


def _show(
    request: HttpRequest,
    errors: Mapping[str, Words] | None = None,
    *,
    rule: str = "",
    codes: list[str] | None = None,
    told: Words | None = None,
) -> HttpResponse:
    account = people.get_account_of(request)
    context: dict[str, Any] = {
        "state": people.find_second_factor(account.id),
        "errors": errors or {},
        "rule": rule,
        "codes": codes or [],
        "told": told,
        "first": FIRST if account.must == "second-factor" and not codes else None,
        "secret": "",
    }
    waiting = people.find_waiting_secret(account)
    if waiting:
        secret, address = waiting
        context["secret"] = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
        context["picture"] = segno.make(address, error="m").svg_data_uri(scale=5, border=4)
    return show(request, "console/sign/second-factor.html", context, ROUTE, 422 if errors else 200, done=DONE)
