"""The front page, and looking a matter up."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.pages.api import status_of
from huiyin.people.api import EVERYONE, address_of, open_to
from huiyin.portal.choices import list_groups
from huiyin.portal.frame import show
from huiyin.portal.lookups import find_link

TILES = 8


@open_to(EVERYONE)
@require_safe
def show_home(request: HttpRequest) -> HttpResponse:
    """Report, look up, and the matters that are reported most."""
    groups = list_groups()
    # The first of each kind: eight matters of one kind would help few.
    shown = [group.matters[0] for group in groups][:TILES]
    more = sum(len(group.matters) for group in groups) - len(shown)
    context = {"matters": shown, "more": more, **_describe_form("", "", None)}
    return show(request, "portal/home.html", context)


@open_to(EVERYONE)
@require_http_methods(["GET", "HEAD", "POST"])
def find_matter(request: HttpRequest) -> HttpResponse:
    """By number and phone to the person's own page."""
    if request.method != "POST":
        return show(request, "portal/find.html", _describe_form("", "", None))
    number, phone = clean(request.POST.get("number", "")), clean(request.POST.get("phone", ""))
    try:
        return HttpResponseRedirect(find_link(number, phone, address_of(request), timezone.now()), status=303)
    except Refusal as refusal:
        return show(
            request,
            "portal/find.html",
            _describe_form(number, phone, refusal),
            status_of(refusal),
            private=True,
        )


def _describe_form(number: str, phone: str, refusal: Refusal | None) -> dict[str, object]:
    faults = {refusal.field: refusal.words} if refusal else {}
    return {"number": number, "phone": phone, "faults": faults, "rule": refusal.rule if refusal else ""}
