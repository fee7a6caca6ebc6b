"""The words of danger: the shipped list, and what the county adds to it or takes out."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from huiyin.console.dispatching.opening import DONE, READS, demand_centre, go, make_tabs, may_act
from huiyin.console.frame import show
from huiyin.kernel.refusals import Refusal
from huiyin.pages.api import status_of
from huiyin.people.api import get_account_of, open_to
from huiyin.triage.api import load_urgent_changes, load_urgent_words, set_urgent_words

CURRENT = "console:triage-words"


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*READS)
def edit_words(request: HttpRequest) -> HttpResponse:
    """Both lists; the centre changes the county's own."""
    if request.method != "POST":
        return _show(request)
    try:
        demand_centre(request)
        added, removed = (request.POST.get(key, "").split() for key in ("added", "removed"))
        set_urgent_words(added, removed, by=get_account_of(request), now=timezone.now())
    except Refusal as refusal:
        return _show(request, refusal)
    return go(reverse(CURRENT), "words")


def _show(request: HttpRequest, refusal: Refusal | None = None) -> HttpResponse:
    added, removed = load_urgent_changes()
    shipped = load_urgent_words().words
    context = {
        "tabs": make_tabs(CURRENT),
        "shipped": sorted(shipped),
        "added": request.POST.get("added", "\n".join(added)),
        "removed": request.POST.get("removed", "\n".join(removed)),
        "gone": set(removed),
        "may_act": may_act(request),
        "refusal": refusal,
    }
    status = status_of(refusal) if refusal else 200
    return show(request, "console/dispatching/words.html", context, "console:triage", status, done=DONE)
