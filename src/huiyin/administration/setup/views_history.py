"""The record of changes of one entry."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from huiyin.administration.setup.histories import tell_history
from huiyin.administration.setup.views_lists import HOME, open_listing
from huiyin.console.api import show
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.api import open_to


def _history(request: HttpRequest, part: str, thing: str) -> HttpResponse:
    """Who changed the entry, when, and what: newest first."""
    listing = open_listing(request, part)
    row = listing.map_rows().get(thing)
    if row is None:
        raise Refusal("entry-not-found", Words("没有这一条。", "There is no such entry."))
    events = tell_history(listing, listing.list_history(row))
    context = {"listing": listing, "row": row, "events": events}
    return show(request, "administration/setup/history.html", context, HOME)


show_history = require_safe(open_to("admin")(_history))
show_staff_history = require_safe(open_to("admin", "security")(_history))
