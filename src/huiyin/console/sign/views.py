"""Signing in, in one step or two, and out."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiyin.console.sign.demo import find_demo_panel
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.pages.api import render
from huiyin.people import api as people

PASSING = "/console"
"""Where the cookies of an unfinished sign-in go."""
DONE = {"signed-out": Words("已退出登录。", "You are signed out.")}
DONE["signed-out-there"] = DONE["signed-out"]


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
    return ask_to_sign_in(request, wanted)


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
        return ask_to_sign_in(request, wanted, missing, login=login, status=422)
    try:
        signed = people.begin_sign_in(login, password, timezone.now(), people.origin_of(request))
    except Refusal as refusal:
        return ask_to_sign_in(
            request, wanted, {refusal.field: refusal.words}, rule=refusal.rule, login=login, status=422
        )
    return let_in(signed, wanted)


def let_in(signed: people.SignedIn | people.HalfSignedIn, wanted: str) -> HttpResponse:
    """Go on to the page that was wanted, or to the code first."""
    if isinstance(signed, people.HalfSignedIn):
        response = HttpResponseRedirect(f"{reverse('console:sign-in-code')}?{urlencode({'next': wanted})}")
        set_passing_cookie(response, people.STEP_COOKIE, signed.step)
        return response
    response = HttpResponseRedirect(wanted)
    people.set_session_cookie(response, signed.token)
    response.delete_cookie(people.STEP_COOKIE, path=PASSING, samesite="Lax")
    return response


def set_passing_cookie(response: HttpResponse, name: str, value: str) -> None:
    """Hand something sealed to the browser until the sign-in is done, ten minutes at most."""
    response.set_cookie(
        name, value, max_age=600, path=PASSING, httponly=True, samesite="Lax", secure=settings.SECURE_COOKIES
    )


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
@people.open_to(people.EVERYONE)
def ask_code(request: HttpRequest) -> HttpResponse:
    """The second step: a code of the phone, or a recovery code. One that is over leads to the first."""
    wanted, step, now = read_next(request), request.COOKIES.get(people.STEP_COOKIE, ""), timezone.now()
    errors: dict[str, str | Words] = {}
    rule = ""
    try:
        login = people.demand_step(step, now)
        if request.method == "POST":
            code = request.POST.get("code", "").strip()
            return let_in(people.finish_sign_in(step, code, now, people.origin_of(request)), wanted)
    except Refusal as refusal:
        if refusal.code != "wrong-code":
            return ask_to_sign_in(request, wanted, {"": refusal.words}, rule=refusal.rule, status=422)
        errors, rule = {"code": refusal.words}, refusal.rule
    context = {"next": wanted, "errors": errors, "rule": rule, "login": login}
    return render(request, "console/sign/code.html", context, 422 if errors else 200)


def ask_to_sign_in(
    request: HttpRequest,
    wanted: str,
    errors: Mapping[str, str | Words] | None = None,
    *,
    rule: str = "",
    login: str = "",
    status: int = 200,
) -> HttpResponse:
    """Draw the sign-in page: with what is wrong, why one is asked again, and the ways in."""
    rules = people.get_rules()
    context = {
        # Never the address itself: a provider's answer stands in it.
        "here": f"{reverse('console:sign-in')}?{urlencode({'next': wanted})}",
        "next": wanted,
        "errors": errors or {},
        "rule": rule,
        "login": login,
        "told": DONE.get(request.GET.get("done", "")),
        "farewell": request.GET.get("done") == "signed-out-there",
        "why": people.ENDED.get(request.GET.get("why", "")) if not errors else None,
        "failures": rules.failures_allowed,
        "minutes": rules.lock_minutes,
        "sign_on": people.find_sign_on_title(),
        "demo": find_demo_panel(),
    }
    return render(request, "console/sign/sign-in.html", context, status)


@require_POST
@people.open_to(people.EVERYONE)
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session."""
    token = request.COOKIES.get(people.SESSION_COOKIE)
    way = people.sign_out(token, timezone.now(), people.origin_of(request)) if token else ""
    done = "signed-out-there" if way == "single-sign-on" else "signed-out"
    response = HttpResponseRedirect(f"{reverse('console:sign-in')}?done={done}")
    people.clear_session_cookie(response)
    return response
