"""Votes: basic and extra ones, and the assemblies with what they voted on."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from huiyin.economy.cooperatives.api import (
    NewBallot,
    NewMeeting,
    limit_extra,
    list_accounts,
    list_ballots,
    propose_votes,
    record_meeting,
    set_extra_votes,
)
from huiyin.economy.organisations.api import Organisation, get_limit
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.pages.api import url
from huiyin.people.api import get_account_of, open_to
from huiyin.villages.answering import read_whole
from huiyin.villages.cooperatives.frame import answer_form, get_cooperative, may_do, show_part
from huiyin.villages.cooperatives.typed import read_count, read_day, read_words
from huiyin.villages.values import READERS


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*READERS)
def votes(request: HttpRequest, code: str) -> HttpResponse:
    """One member one vote, extra votes within the law's fifth; meetings with their ballots."""
    organisation = get_cooperative(request, code)

    def draw(refusal: Refusal | None) -> HttpResponse:
        held = list(list_accounts(organisation.pk).filter(left_on__isnull=True))
        basis = request.GET.get("propose", "")
        proposed = {}
        if basis in {"contribution", "volume"}:
            proposed = propose_votes(organisation, basis, timezone.localdate())
        numbers = {one.pk: one for one in held}
        context = {
            "basic": len(held),
            "extra": sum(one.extra_votes for one in held),
            "most": limit_extra(len(held), get_limit("extra-votes", organisation.township_id)),
            "rows": [one for one in held if one.extra_votes],
            "proposed": "\n".join(
                f"{numbers[pk].number} {count}" for pk, count in proposed.items() if count and pk in numbers
            ),
            "basis": basis,
            "ballots": list_ballots(organisation.pk),
            "may_set": may_do(request, organisation, "director"),
            "may_record": may_do(request, organisation, "director", "bookkeeper"),
            "today": timezone.localdate(),
        }
        return show_part(request, "votes.html", context, organisation, "votes", refusal)

    def act() -> str:
        done = _carry_out(request, organisation)
        return f"{url('villages:cooperative-votes', organisation.code)}?done={done}"

    return answer_form(act, draw) if request.method == "POST" else draw(None)


def _carry_out(request: HttpRequest, organisation: Organisation) -> str:
    if request.POST.get("do") == "votes":
        given = _read_votes(request.POST.get("votes", ""), organisation)
        set_extra_votes(organisation, given, get_account_of(request), timezone.now())
        return "votes"
    record_meeting(organisation, read_meeting(request), get_account_of(request), timezone.now())
    return "meeting"


def _read_votes(text: str, organisation: Organisation) -> dict[int, int]:
    """Lines of account number and votes; whoever is not named has none."""
    held = {one.number: one.pk for one in list_accounts(organisation.pk).filter(left_on__isnull=True)}
    given = dict.fromkeys(held.values(), 0)
    for line in clean(text).splitlines():
        if not line.strip():
            continue
        number, _, count = line.strip().replace("\t", " ").partition(" ")
        own = held.get(read_whole(number, "votes", 9))
        if own is None:
            words = Words("没有账户 {number}。", "There is no account {number}.").fill(number=number)
            raise Refusal("member-not-found", words, field="votes")
        given[own] = read_whole(count, "votes", 9)
    return given


def read_meeting(request: HttpRequest, subject: str = "") -> NewMeeting:
    """The meeting as it was typed, with its one ballot."""
    typed = request.POST.dict()
    ballot = NewBallot(
        read_words(typed, "matter"),
        read_count(typed, "agreed"),
        read_count(typed, "against"),
        read_count(typed, "abstained") if typed.get("abstained") else 0,
        subject,
        weighty=bool(typed.get("weighty")),
    )
    return NewMeeting(
        read_words(typed, "title"),
        read_day(typed, "called_on"),
        read_day(typed, "held_on"),
        read_count(typed, "present"),
        ballot,
    )
