"""Shows whoever holds the secret link how each year's sum came to be."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from huiyin.economy.distributions.api import ENTRIES, Explained, explain
from huiyin.economy.members.api import find_by_link
from huiyin.economy.postings.api import Posting
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import read_number
from huiyin.kernel.words import Words
from huiyin.noticeboard.frame import show
from huiyin.people.api import EVERYONE, open_to

LONGEST = 60


@require_safe
@open_to(EVERYONE)
def show_why(request: HttpRequest, secret: str) -> HttpResponse:
    """The newest year in full; another when the address asks for it. Nothing but the masked name is told."""
    member = find_by_link(secret[:LONGEST])
    if member is None:
        words = Words(
            "这个链接打不开了。请用最新股权证上的二维码，或者到村里问会计。",
            "This link opens nothing. Use the code on your newest certificate, or ask the bookkeeper.",
        )
        raise Refusal("link-not-found", words)
    years = explain(member)
    wanted = read_number(request.GET.get("year", ""), 4)
    chosen = next((one for one in years if one.year == wanted), years[0] if years else None)
    context = {
        "member": member,
        "organisation": member.organisation,
        "secret": secret,
        "years": years,
        "told": chosen,
        "kinds": ENTRIES,
        "posting": _find_posting(chosen, member.organisation_id) if chosen else None,
    }
    return show(request, "noticeboard/why.html", context, private=True)


def _find_posting(told: Explained, organisation_id: int) -> Posting | None:
    """The newest sheet on which the plan hangs: there one asks and objects."""
    return (
        Posting.objects.filter(organisation=organisation_id, subject=told.subject).order_by("-turn").first()
    )
