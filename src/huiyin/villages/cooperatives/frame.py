"""What stands around the pages of one co-operative: its parts, who may act, a form's answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from huiyin.economy.cooperatives.api import FORMS, KINDS, MODELS, PART_KINDS, PATTERNS, SCHEDULES
from huiyin.economy.organisations.api import Organisation, OrganisationKind, get_seen, may
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.pages.api import status_of_form, url
from huiyin.people.api import get_account_of
from huiyin.villages.frame import show_one

PARTS: tuple[tuple[str, str, Words], ...] = (
    ("overview", "villages:cooperative", Words("概况", "Overview")),
    ("contributions", "villages:contributions", Words("出资", "Contributions")),
    ("members", "villages:cooperative-members", Words("成员账户", "Member accounts")),
    ("votes", "villages:cooperative-votes", Words("表决", "Votes")),
    ("surplus", "villages:surplus", Words("盈余分配", "Surplus")),
    ("benefits", "villages:benefits", Words("联农带农", "Benefit contracts")),
)
DONE = {
    "saved": Words("已保存。", "Saved."),
    "entered": Words("已登记。", "Entered."),
    "confirmed": Words("已确认。", "Confirmed."),
    "returned": Words("已登记退出，原记录仍可查。", "Entered; the record stays."),
    "left": Words("已登记退社。", "Entered that the member leaves."),
    "votes": Words("附加表决权已设定。", "Extra votes are set."),
    "meeting": Words("会议和表决已登记。", "Meeting and votes are entered."),
    "paid": Words("发放已登记。", "Payment is entered."),
    "filed": Words("已备案。", "Filed."),
    "founded": Words("合作社已登记。", "The co-operative is registered."),
    "planned": Words("方案已编制，工单已建立。", "The plan is drafted, its case is open."),
}


def get_cooperative(request: HttpRequest, code: str) -> Organisation:
    """The co-operative of that code; refuses one that is not seen, and `not-a-cooperative`."""
    organisation = get_seen(code, get_account_of(request))
    if organisation.kind != OrganisationKind.COOPERATIVE:
        words = Words(
            "这是村集体经济组织，不是合作社。它领办的合作社在“合作社”页里。",
            "This is a village collective. The co-operatives that it leads are on the page “Co-operative”.",
        )
        raise Refusal("not-a-cooperative", words)
    return organisation


def may_do(request: HttpRequest, organisation: Organisation, *roles: str) -> bool:
    """Whether the signed-in account holds one of the roles there."""
    return may(get_account_of(request), organisation, *roles)


def show_part(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    organisation: Organisation,
    part: str,
    refusal: Refusal | None = None,
) -> HttpResponse:
    """Draw a page of a co-operative; what was refused stands above its form, with what was typed."""
    given = {
        **context,
        "parts": [(title, url(route, organisation.code), key == part) for key, route, title in PARTS],
        "refusal": refusal,
        "errors": {refusal.field: refusal.words} if refusal and refusal.field else {},
        "typed": request.POST if request.method == "POST" else request.GET,
        "forms": FORMS,
        "kinds": KINDS,
        "models": MODELS,
        "part_kinds": PART_KINDS,
        "patterns": PATTERNS,
        "schedules": SCHEDULES,
    }
    return show_one(
        request,
        f"villages/cooperatives/{template}",
        given,
        organisation,
        "cooperative",
        status_of_form(refusal),
        DONE,
    )


def answer_form(act: Callable[[], str], draw: Callable[[Refusal | None], HttpResponse]) -> HttpResponse:
    """Carry a form out and go where `act` says; what it refuses is drawn with the form."""
    try:
        place = act()
    except Refusal as refusal:
        return draw(refusal)
    return HttpResponseRedirect(place, status=303)
