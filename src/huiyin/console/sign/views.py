"""Signing in and out, and the change of one's own password."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiyin.console.frame import show
from huiyin.console.sign.demo import find_demo_panel
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.pages.api import render
from huiyin.people import api as people

DONE = {"signed-out": Words("已退出登录。", "You are signed out.")}
CHANGED = {
    "password": Words(
        "密码已修改，其他设备上的登录都已退出。",
        "Your password is changed; you are signed out on all other devices.",
    )
}


@require_safe
@people.open_to(people.STAFF)
def show_home(_request: HttpRequest) -> HttpResponse:
    """The console begins with the worklist."""
    return HttpResponseRedirect(reverse("console:worklist"))


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@people.open_to(people.EVERYONE)
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for login and password; a signed-in account goes on to where it wanted."""
    wanted = read_next(request)
    if request.method == "POST":
        return _try(request, wanted)
    if people.find_account_of(request):
        return HttpResponseRedirect(wanted)
    return _ask(request, wanted)


def read_next(request: HttpRequest) -> str:
    """The page of the console that was wanted; the worklist for anything that leads elsewhere."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    ours = wanted.startswith("/console") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if ours else reverse("console:worklist")


def _try(request: HttpRequest, wanted: str) -> HttpResponse:
    login, password = request.POST.get("login", "").strip(), request.POST.get("password", "")
    missing = {name: words for name, value, words in (
        ("login", login, _("请输入登录名。")), ("password", password, _("请输入密码。")),
    ) if not value}  # fmt: skip
    if missing:
        return _ask(request, wanted, missing, login=login, status=422)
    try:
        signed = people.sign_in(login, password, timezone.now())
    except Refusal as refusal:
        return _ask(
            request, wanted, {refusal.field: refusal.words}, rule=refusal.rule, login=login, status=422
        )
    response = HttpResponseRedirect(wanted)
    people.set_session_cookie(response, signed.token)
    return response


def _ask(
    request: HttpRequest,
    wanted: str,
    errors: Mapping[str, str | Words] | None = None,
    *,
    rule: str = "",
    login: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "next": wanted,
        "errors": errors or {},
        "rule": rule,
        "login": login,
        "told": DONE.get(request.GET.get("done", "")),
        "demo": find_demo_panel(),
    }
    return render(request, "console/sign/sign-in.html", context, status)


@require_POST
@people.open_to(people.EVERYONE)
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session."""
    token = request.COOKIES.get(people.SESSION_COOKIE)
    if token:
        people.sign_out(token)
    response = HttpResponseRedirect(reverse("console:sign-in") + "?done=signed-out")
    people.clear_session_cookie(response)
    return response


@sensitive_post_parameters("old", "new", "again")
@require_http_methods(["GET", "HEAD", "POST"])
@people.open_to(people.STAFF)
def change_password(request: HttpRequest) -> HttpResponse:
    """The holder's own change; every other session of the account ends, this one goes on with a new token."""
    if request.method != "POST":
        return _ask_password(request)
    old, new = request.POST.get("old", ""), request.POST.get("new", "")
    if new != request.POST.get("again", ""):
        return _ask_password(request, {"again": _("两次输入的新密码不一样。")})
    if new == old:
        return _ask_password(request, {"new": _("新密码和原密码一样，请换一个。")})
    account = people.get_account_of(request)
    try:
        people.change_password(account, old, new, timezone.now())
    except Refusal as refusal:
        field = {"password": "new"}.get(refusal.field, refusal.field)  # pragma: allowlist secret
        return _ask_password(request, {field: refusal.words}, rule=refusal.rule)
    response = HttpResponseRedirect(reverse("console:password") + "?done=password")
    people.set_session_cookie(response, people.sign_in(account.login, new, timezone.now()).token)
    return response


def _ask_password(
    request: HttpRequest, errors: Mapping[str, str | Words] | None = None, rule: str = ""
) -> HttpResponse:
    context = {"errors": errors or {}, "rule": rule}
    return show(
        request,
        "console/sign/password.html",
        context,
        "console:password",
        422 if errors else 200,
        done=CHANGED,
    )
