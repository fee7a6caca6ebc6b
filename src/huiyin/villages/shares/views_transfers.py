"""Changes of who holds shares: the list, the form of an application, one with its way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiyin.cases.api import Case, get_seen_case, view_case
from huiyin.console.api import acting_of
from huiyin.economy.members.api import Household, Member, MemberIdentity
from huiyin.economy.organisations.api import Organisation, demand, may
from huiyin.economy.shares.api import (
    APPLICANTS,
    ENTRIES,
    INHERIT,
    REDEEM,
    REHOME,
    UNPOSTED,
    Application,
    Part,
    Share,
    ShareBook,
    ShareTransfer,
    add_heir,
    apply_for,
    is_dead,
    list_people,
)
from huiyin.kernel.money import read_yuan
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean, read_number
from huiyin.kernel.words import Words
from huiyin.pages.api import number_pages, read_page, status_of_form, url
from huiyin.people.api import get_account_of, open_to
from huiyin.villages.answering import go_to
from huiyin.villages.frame import show_one
from huiyin.villages.shares.asking import DONE, demand_book, read_place, read_units, say_stage, say_tone
from huiyin.villages.values import READERS

PAGE = 50
OFFERED = ("give", "transfer", "inherit", "redeem", "rehome")
"""Kinds of the form; a split has its own on the household's page."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form: the kind, whose units, the household that is looked at, and the rest."""

    kind: str
    giver: Member
    household: Household
    fields: dict[str, str]


@require_safe
@open_to(*READERS)
def transfers(request: HttpRequest, code: str) -> HttpResponse:
    """Every change that was applied for, newest first: under way, or all."""
    organisation, held = read_place(request, code)
    everything = request.GET.get("state") == "all"
    found = list_transfers(request, organisation)
    count = found.count()
    page = read_page(request.GET.dict(), max(1, -(-count // PAGE)))
    context = {
        "book": held,
        "rows": [
            (one, say_stage(one.case), say_tone(one.case)) for one in found[(page - 1) * PAGE : page * PAGE]
        ],
        "kinds": ENTRIES,
        "everything": everything,
        "paging": number_pages(request.GET.dict(), count, PAGE),
        "acts": may(get_account_of(request), organisation, *APPLICANTS),
    }
    return show_one(request, "villages/shares/transfers.html", context, organisation, "shares", done=DONE)


def list_transfers(request: HttpRequest, organisation: Organisation) -> QuerySet[ShareTransfer]:
    """The changes that the address asks for, newest first."""
    found = ShareTransfer.objects.filter(organisation=organisation).select_related("case").order_by("-id")
    return found if request.GET.get("state") == "all" else found.filter(case__closed_at__isnull=True)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*APPLICANTS)
def new_transfer(request: HttpRequest, code: str) -> HttpResponse:
    """The form of an application: whose units, by which way, to whom; a household is found by number."""
    organisation, found = read_place(request, code)
    held, account = demand_book(found), get_account_of(request)
    demand(account, organisation, *APPLICANTS)
    given = request.POST.dict() if request.method == "POST" else request.GET.dict()
    try:
        typed = _read(organisation, given)
    except Refusal as refusal:
        return _show_search(request, organisation, refusal if given else None)
    if request.method != "POST" or given.get("do") == "find":
        return _show_form(request, organisation, held, typed)
    try:
        key = given.get("client_key", "")[:64]
        source = f"transfer:{account.id}:{key}" if key else None
        made = apply_for(organisation, _make(held, typed), account, timezone.now(), source)
    except Refusal as refusal:
        return _show_form(request, organisation, held, typed, refusal)
    return go_to(url("villages:share-transfer", made.case.number), "applied")


def _read(organisation: Organisation, given: dict[str, str]) -> Typed:
    people = Member.objects.select_related("household").filter(organisation=organisation)
    member_id, number = read_number(given.get("from", "")), read_number(given.get("number", ""))
    giver = people.filter(pk=member_id).first() if member_id else people.filter(number=number or 0).first()
    if giver is None:
        words = Words("没有这个成员号，请核对。", "There is no member of that number.")
        raise Refusal("member-not-found", words, field="number")
    wanted = read_number(given.get("household", ""))
    household = Household.objects.filter(organisation=organisation, number=wanted or 0).first()
    kind = given.get("kind", "")
    standard = INHERIT if is_dead(giver) else OFFERED[0]
    return Typed(kind if kind in OFFERED else standard, giver, household or giver.household, given)


def _make(held: ShareBook, typed: Typed) -> Application:
    fields, giver = typed.fields, typed.giver
    fen = read_yuan(fields["fen"], "fen") if clean(fields.get("fen", "")) else 0
    if typed.kind == REHOME:
        share = Share.objects.filter(member=giver).first()
        parts = [Part(giver.pk, giver.pk, share.units if share else 0)]
    elif typed.kind == REDEEM:
        units = read_units({"units_0": fields.get("units_0", "")})[0]
        parts = [Part(giver.pk, None, units)]
    else:
        inside = {one.pk for one, _ in _list_takers(held, typed)}
        wanted = {pk: units for pk, units in read_units(fields).items() if units and pk in inside}
        parts = [Part(giver.pk, pk, units) for pk, units in sorted(wanted.items())]
    return Application(typed.kind, parts, fields.get("words", ""), fen)


def _list_takers(held: ShareBook, typed: Typed) -> list[tuple[Member, int]]:
    """Who of the household can be given to: its people, and heirs without membership."""
    people = list_people(held, typed.household.pk)
    if typed.kind == INHERIT:
        known = {one.pk for one, _ in people}
        heirs = Member.objects.filter(household=typed.household, standing__in=("refused", "lost", "special"))
        people += [(one, 0) for one in heirs.order_by("number") if one.pk not in known and not is_dead(one)]
    return [(one, units) for one, units in people if one.pk != typed.giver.pk and not is_dead(one)]


def _show_search(
    request: HttpRequest, organisation: Organisation, refusal: Refusal | None = None
) -> HttpResponse:
    context = {
        "typed": None,
        "refusal": refusal,
        "given": request.GET,
        "number": request.GET.get("number", ""),
    }
    status = status_of_form(refusal) if refusal and request.method == "POST" else 200
    return show_one(
        request, "villages/shares/transfer_form.html", context, organisation, "shares", status, DONE
    )


def _show_form(
    request: HttpRequest,
    organisation: Organisation,
    held: ShareBook,
    typed: Typed,
    refusal: Refusal | None = None,
) -> HttpResponse:
    share = Share.objects.select_related("household").filter(member=typed.giver).first()
    context: dict[str, Any] = {
        "typed": typed,
        "given": typed.fields,
        "share": share,
        "takers": _list_takers(held, typed),
        "kinds": [(key, ENTRIES[key]) for key in OFFERED],
        "dead": is_dead(typed.giver),
        "refusal": refusal,
        "errors": {refusal.field: refusal.words} if refusal and refusal.field else {},
    }
    status = status_of_form(refusal)
    return show_one(
        request, "villages/shares/transfer_form.html", context, organisation, "shares", status, DONE
    )


@require_POST
@open_to(*APPLICANTS)
def new_heir(request: HttpRequest, code: str) -> HttpResponse:
    """Put an heir who is no member on the roster of the giver's household."""
    organisation, _ = read_place(request, code)
    household = Household.objects.select_related("organisation").filter(
        organisation=organisation, number=read_number(request.POST.get("household", "")) or 0
    )
    one = household.first()
    if one is None:
        raise Refusal("household-not-found", Words("没有这一户。", "There is no such household."))
    identity = MemberIdentity(request.POST.get("heir_name", "")[:40], request.POST.get("heir_id", "")[:30])
    sex = "male" if request.POST.get("heir_sex") == "male" else "female"
    add_heir(one, identity, sex, get_account_of(request), timezone.now())
    giver = read_number(request.POST.get("from", "")) or 0
    place = f"{url('villages:new-share-transfer', code)}?from={giver}&kind={INHERIT}&household={one.number}"
    return go_to(place, "heir")


@require_safe
@open_to(*READERS)
def transfer(request: HttpRequest, number: str) -> HttpResponse:
    """One change: what was applied for, where it stands, what comes next and who does it."""
    acting = acting_of(request)
    one = _get_transfer(get_seen_case(number, acting))
    view = view_case(number, acting)
    context = {
        "transfer": one,
        "kinds": ENTRIES,
        "parts": one.parts.select_related("from_member__household", "to_member__household").order_by("id"),
        "posts": one.kind not in UNPOSTED,
        "view": view,
        "stage": say_stage(one.case),
        "tone": say_tone(one.case),
        "moves": [move for move in view.moves if move.key != "remark"],
    }
    return show_one(request, "villages/shares/transfer.html", context, one.organisation, "shares", done=DONE)


def _get_transfer(case: Case) -> ShareTransfer:
    found = ShareTransfer.objects.select_related(
        "organisation__township", "case", "approved_by", "registered_by"
    )
    one = found.filter(case=case).first()
    if one is None:
        raise Refusal("transfer-not-found", Words("没有这件股权变更。", "There is no such change of shares."))
    return one
