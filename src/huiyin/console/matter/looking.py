"""Finds the case of a request, for whoever is signed in; somebody else's case is as good as none."""

from __future__ import annotations

from django.http import HttpRequest

from huiyin.cases.api import Case, CaseView, get_seen_case, view_case
from huiyin.console.frame import acting_of
from huiyin.console.matter.related import find_related, hide_idle


def look_at(request: HttpRequest, number: str) -> CaseView:
    """The case with all that its page shows; `case-not-found` (404) when it may not be seen."""
    view = view_case(number, acting_of(request))
    related = find_related(request, view)
    request.related = related  # type: ignore[attr-defined]  # read by the page
    return hide_idle(view, related)


def glance_at(request: HttpRequest, number: str) -> Case:
    """The header alone, refused alike: enough to act on the case."""
    return get_seen_case(number, acting_of(request))
