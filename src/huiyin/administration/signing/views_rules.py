"""The rules of signing in, set by the security officer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from huiyin.console.api import show
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people import api as people
from huiyin.process.api import ROLES

ROUTE = "administration:sign-in-rules"
DONE = {
    "changed": Words("规则已更新，马上生效，并已留痕。", "The rules are changed, in force, and on record."),
    "same": Words("没有改动。", "Nothing was changed."),
}


@require_http_methods(["GET", "HEAD", "POST"])
@people.open_to("security")
def rules(request: HttpRequest) -> HttpResponse:
    """Show the rules, or put the posted ones in force; what cannot be is told beside its field."""
    standing = people.get_rules()
    if request.method != "POST":
        return _draw(request, {key: str(getattr(standing, key)) for key in people.SIGN_IN_BOUNDS}, standing)
    typed = {key: request.POST.get(key, "") for key in people.SIGN_IN_BOUNDS}
    numbers, errors = _read(typed)
    roles = frozenset(request.POST.getlist("roles")) & set(ROLES)
    wanted = replace(standing, **numbers, second_factor_roles=roles)
    if errors:
        return _draw(request, typed, wanted, errors)
    changed = people.change_rules(wanted, by=people.get_account_of(request), now=timezone.now())
    return HttpResponseRedirect(f"{reverse(ROUTE)}?done={'changed' if changed else 'same'}")


def _read(typed: Mapping[str, str]) -> tuple[dict[str, int], dict[str, Words]]:
    """The numbers that fit, and the refusals of those that do not."""
    numbers: dict[str, int] = {}
    errors: dict[str, Words] = {}
    for key, text in typed.items():
        try:
            numbers[key] = people.check_number(key, text)
        except Refusal as refusal:
            errors[key] = refusal.words
    return numbers, errors


def _draw(
    request: HttpRequest,
    typed: Mapping[str, str],
    standing: people.SignInRules,
    errors: Mapping[str, Words] | None = None,
) -> HttpResponse:
    context = {
        "bounds": people.SIGN_IN_BOUNDS,
        "typed": typed,
        "roles": ROLES,
        "held": standing.second_factor_roles,
        "errors": errors or {},
    }
    template = "administration/signing/rules.html"
    return show(request, template, context, ROUTE, 422 if errors else 200, done=DONE)
