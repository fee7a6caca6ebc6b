"""Finds the case of a request, for whoever is signed in; somebody else's case is as good as none."""

from __future__ import annotations

from django.http import HttpRequest

from huiyin.cases.api import CaseView, view_case
from huiyin.console.frame import acting_of
from huiyin.kernel.refusals import Refusal


def look_at(request: HttpRequest, number: str) -> CaseView:
    """The case with all that its page shows; `case-not-found` (404) when it may not be seen."""
    try:
        return view_case(number, acting_of(request))
    except Refusal as refusal:
        if refusal.code != "no-such-case":
            raise
        raise Refusal("case-not-found", refusal.words) from None
