"""One person of the roster: adding, looking, opening the identity, moving, correcting."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiyin.economy.members.api import (
    KEEPERS,
    OPENERS,
    SEXES,
    STANDINGS,
    Member,
    MemberIdentity,
    PersonEntry,
    add_person,
    correct_member,
    get_household,
    get_member,
    move_member,
    reveal_member,
)
from huiyin.economy.membership.api import AGAINST, CLASSES, FILERS, GROUNDS, RoundEntry
from huiyin.economy.organisations.api import Organisation, get_seen, may
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.pages.api import status_of_form
from huiyin.people.api import get_account_of, open_to
from huiyin.villages.answering import go, tell_errors
from huiyin.villages.frame import show_one
from huiyin.villages.members.views_roster import TONES, find_household
from huiyin.villages.values import READERS

DONE = {
    "moved": Words("已转入新的一户。", "Moved to the other household."),
    "corrected": Words("已更正，并留下记录。", "Corrected, and on record."),
    "appeal": Words("复核申请已提交。", "The appeal is filed."),
}
BLANK = {"name": "", "id_number": "", "sex": "", "relation": "", "phone": "", "capable": "on", "reason": ""}


@require_safe
@open_to(*READERS)
def member(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Somebody on the roster, masked: standing with its article, rounds, appeals."""
    one = get_seen(code, get_account_of(request))
    return _show(request, one, get_member(one, pk))


def _show(
    request: HttpRequest,
    one: Organisation,
    person: Member,
    refusal: Refusal | None = None,
    identity: MemberIdentity | None = None,
    typed: dict[str, str] | None = None,
) -> HttpResponse:
    account = get_account_of(request)
    entries = RoundEntry.objects.select_related("round__case").filter(member=person).order_by("-id")
    context = {
        "person": person,
        "identity": identity,
        "errors": tell_errors(refusal),
        "typed": typed or {},
        "standings": STANDINGS,
        "sexes": SEXES,
        "tones": TONES,
        "grounds": GROUNDS,
        "classes": CLASSES,
        "entries": list(entries[:20]),
        "appeals": list(person.appeals.select_related("case").order_by("-case_id")[:20]),
        "keeps": may(account, one, *KEEPERS),
        "opens": may(account, one, *OPENERS),
        "appealable": person.standing in AGAINST and may(account, one, *FILERS),
    }
    status = status_of_form(refusal)
    return show_one(request, "villages/members/member.html", context, one, "members", status, DONE)


@require_POST
@open_to(*OPENERS)
def reveal(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Open the identity for this one answer; the reason goes into the access log."""
    account = get_account_of(request)
    one = get_seen(code, account)
    person, reason = get_member(one, pk), request.POST.get("reason", "")
    try:
        identity = reveal_member(one, pk, account, reason, timezone.now(), getattr(request, "id", None))
    except Refusal as refusal:
        return _show(request, one, person, refusal, typed={"reason": reason})
    answer = _show(request, one, person, identity=identity)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@require_POST
@open_to(*KEEPERS)
def move(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Put somebody into another household."""
    account = get_account_of(request)
    one = get_seen(code, account)
    person, typed = get_member(one, pk), request.POST.dict()
    try:
        home = find_household(one, typed.get("household", ""))
        move_member(one, pk, home, typed.get("relation", ""), typed.get("why", ""), account, timezone.now())
    except Refusal as refusal:
        return _show(request, one, person, _rename(refusal), typed=typed)
    return go("moved", "member", code, pk)


def _rename(refusal: Refusal) -> Refusal:
    field = "why" if refusal.field == "reason" else refusal.field
    return Refusal(refusal.code, refusal.words, refusal.rule, field)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*KEEPERS)
def new_person(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Add somebody to the household, as a candidate."""
    account = get_account_of(request)
    one = get_seen(code, account)
    home = get_household(one, pk)
    if request.method != "POST":
        return _show_form(request, one, {"household": home, "typed": BLANK})
    try:
        made = add_person(one, home, _read(request), account, timezone.now())
    except Refusal as refusal:
        return _show_form(request, one, {"household": home, "typed": request.POST.dict()}, refusal)
    return go("person", "household", code, made.household_id)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*KEEPERS)
def correct(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Put right what the roster says; a name or number left blank stays as it is, and is not shown."""
    account = get_account_of(request)
    one = get_seen(code, account)
    person = get_member(one, pk)
    if request.method != "POST":
        capable = "on" if person.capable else ""
        typed = {**BLANK, "sex": person.sex, "relation": person.relation, "capable": capable}
        return _show_form(request, one, {"person": person, "typed": typed})
    try:
        correct_member(one, pk, _read(request), request.POST.get("reason", ""), account, timezone.now())
    except Refusal as refusal:
        return _show_form(request, one, {"person": person, "typed": request.POST.dict()}, refusal)
    return go("corrected", "member", code, pk)


def _read(request: HttpRequest) -> PersonEntry:
    typed = request.POST
    return PersonEntry(
        typed.get("name", ""),
        typed.get("id_number", ""),
        typed.get("sex", ""),
        None,
        typed.get("relation", ""),
        typed.get("phone", ""),
        capable=bool(typed.get("capable")),
    )


def _show_form(
    request: HttpRequest, one: Organisation, given: dict[str, Any], refusal: Refusal | None = None
) -> HttpResponse:
    typed = {**dict.fromkeys(BLANK, ""), **given["typed"]}
    context = {
        "person": None,
        "household": None,
        **given,
        "typed": typed,
        "errors": tell_errors(refusal),
        "sexes": list(SEXES.items()),
    }
    status = status_of_form(refusal)
    return show_one(request, "villages/members/person_form.html", context, one, "members", status)
