"""The delegates of an organisation: who they are, electing one, ending one's seat."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from huiyin.economy.assemblies.api import Delegate, elect_delegate, end_delegate
from huiyin.economy.members.api import get_numbered
from huiyin.economy.organisations.api import Organisation, get_seen, may
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import read_number
from huiyin.kernel.words import Words
from huiyin.pages.api import status_of_form
from huiyin.people.api import get_account_of, open_to
from huiyin.villages.answering import go, tell_errors
from huiyin.villages.frame import show_one
from huiyin.villages.values import READERS

ELECTORS = ("director", "bookkeeper")
DONE = {
    "elected": Words("已登记为成员代表。", "Elected as a delegate."),
    "ended": Words("已登记离任。", "The seat has ended."),
}


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*READERS)
def delegates(request: HttpRequest, code: str) -> HttpResponse:
    """Who sits in the delegates' meeting; sent, it seats one more."""
    account = get_account_of(request)
    one = get_seen(code, account)
    if request.method != "POST":
        return _show(request, one)
    try:
        member = get_numbered(one, read_number(request.POST.get("number", ""), 7) or 0)
        elect_delegate(one, member, timezone.localdate(), account, timezone.now())
    except Refusal as refusal:
        return _show(request, one, Refusal(refusal.code, refusal.words, refusal.rule, "number"))
    return go("elected", "delegates", code)


def _show(request: HttpRequest, one: Organisation, refusal: Refusal | None = None) -> HttpResponse:
    sitting = list(
        Delegate.objects.select_related("member__household")
        .filter(organisation=one, until_on=None)
        .order_by("id")
    )
    elects = may(get_account_of(request), one, *ELECTORS)
    context = {
        "sitting": sitting,
        "women": sum(delegate.member.sex == "female" for delegate in sitting),
        "elects": elects,
        "typed": request.POST.get("number", "")[:7],
        "errors": tell_errors(refusal),
    }
    status = status_of_form(refusal)
    return show_one(request, "villages/meetings/delegates.html", context, one, "meetings", status, DONE)


@require_POST
@open_to(*ELECTORS)
def end_seat(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Let a delegate's seat end today."""
    account = get_account_of(request)
    one = get_seen(code, account)
    end_delegate(one, pk, timezone.localdate(), account, timezone.now())
    return go("ended", "delegates", code)
