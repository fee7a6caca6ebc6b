"""Single sign-on: to the provider, back from it, and signing out there too."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from huiyin.console.sign.views import PASSING, ask_to_sign_in, let_in, read_next, set_passing_cookie
from huiyin.kernel.refusals import Refusal
from huiyin.people import api as people


@require_safe
@people.open_to(people.EVERYONE)
def begin(request: HttpRequest) -> HttpResponse:
    """Leave for the provider. A link and no form: our pages let forms go nowhere else."""
    wanted = read_next(request)
    try:
        leaving = people.depart(_address(request, "console:sign-on-back"), wanted, timezone.now())
    except Refusal as refusal:
        return ask_to_sign_in(request, wanted, {"": refusal.words}, status=502)
    response = HttpResponseRedirect(leaving.address)
    set_passing_cookie(response, people.SIGN_ON_COOKIE, leaving.attempt)
    return response


@require_safe
@people.open_to(people.EVERYONE)
def come_back(request: HttpRequest) -> HttpResponse:
    """Back from the provider: signed in, asked for the code, or told why not. An attempt serves once."""
    attempt, answer = request.COOKIES.get(people.SIGN_ON_COOKIE, ""), request.GET.dict()
    try:
        signed, wanted = people.arrive(attempt, answer, timezone.now(), people.origin_of(request))
        response = let_in(signed, wanted)
    except Refusal as refusal:
        errors = {"": refusal.words}
        response = ask_to_sign_in(request, reverse("console:worklist"), errors, rule=refusal.rule, status=403)
    response.delete_cookie(people.SIGN_ON_COOKIE, path=PASSING, samesite="Lax")
    return response


@require_safe
@people.open_to(people.EVERYONE)
def end(request: HttpRequest) -> HttpResponse:
    """Go to the provider to sign out there too; without such a page there, back to ours."""
    here = _address(request, "console:sign-in")
    try:
        return HttpResponseRedirect(people.find_farewell(here, timezone.now()) or here)
    except Refusal:
        return HttpResponseRedirect(here)


def _address(request: HttpRequest, route: str) -> str:
    """The whole address of a page of ours, as the provider knows it."""
    path = reverse(route)
    return f"{settings.PUBLIC_ADDRESS}{path}" if settings.PUBLIC_ADDRESS else request.build_absolute_uri(path)
