"""The share book of an organisation: its total, its classes, its households; one household with its split."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.cases.api import sees_all
from huiyin.console.api import acting_of
from huiyin.economy.members.api import Household
from huiyin.economy.organisations.api import Organisation, find_scope, list_seen, may
from huiyin.economy.shares.api import (
    APPLICANTS,
    DRAFTERS,
    ENTRIES,
    ISSUERS,
    SPLIT,
    Application,
    Certificate,
    ShareBook,
    ShareClass,
    ShareEntry,
    SharePlan,
    add_up_classes,
    apply_for,
    list_households,
    list_outdated,
    list_people,
    make_split,
)
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.pages.api import number_pages, read_page, status_of_form, url
from huiyin.people.api import get_account_of, open_to
from huiyin.villages.answering import go_to
from huiyin.villages.frame import show_many, show_one
from huiyin.villages.shares.asking import DONE, demand_book, read_place, read_units, say_stage
from huiyin.villages.values import READERS

PAGE = 50


@require_safe
@open_to(*READERS)
def over_many(request: HttpRequest) -> HttpResponse:
    """How far every organisation is: quantified or not, its total, what the collective holds."""
    wanted = request.GET.get("q", "").strip()[:60]
    found = list_seen(get_account_of(request)).exclude(kind="cooperative").select_related("share_book")
    if wanted:
        found = found.filter(Q(name__icontains=wanted) | Q(code__icontains=wanted))
    count = found.count()
    page = read_page(request.GET.dict(), -(-count // PAGE))
    rows = list(found[(page - 1) * PAGE : page * PAGE])
    plans = {
        one.organisation_id: (one.case.number, say_stage(one.case))
        for one in SharePlan.objects.select_related("case").filter(
            organisation__in=rows, case__closed_at__isnull=True
        )
    }
    valid = Certificate.objects.filter(book__organisation__in=rows, state="valid").values(
        "book__organisation"
    )
    context = {
        "rows": [(one, getattr(one, "share_book", None), plans.get(one.pk)) for one in rows],
        "certificates": {one["book__organisation"]: one["many"] for one in valid.annotate(many=Count("id"))},
        "wanted": wanted,
        "count": count,
        "paging": number_pages(request.GET.dict(), count, PAGE),
        "opens": _opens_plans(request),
    }
    return show_many(request, "villages/shares/over.html", context, "shares")


def _opens_plans(request: HttpRequest) -> bool:
    """Whether the account sees the cases of plans: the county's own clerk reads how far they are."""
    scope = find_scope(get_account_of(request))
    return bool(scope.townships or scope.units) or sees_all(acting_of(request))


@require_safe
@open_to(*READERS)
def book(request: HttpRequest, code: str) -> HttpResponse:
    """The share book: the frozen total, its classes, its households, found by number, head or name."""
    organisation, held = read_place(request, code)
    plans = SharePlan.objects.select_related("case").filter(organisation=organisation).order_by("-id")
    account = get_account_of(request)
    context = {
        "book": held,
        "plans": [(one, say_stage(one.case)) for one in plans[:5]],
        "drafts": may(account, organisation, *DRAFTERS),
        "issues": may(account, organisation, *ISSUERS),
        "opens": _opens_plans(request),
        **(_describe_book(request, held) if held else {}),
    }
    return show_one(request, "villages/shares/book.html", context, organisation, "shares", done=DONE)


def _describe_book(request: HttpRequest, held: ShareBook) -> dict[str, object]:
    wanted = request.GET.get("q", "").strip()[:40]
    given = request.GET.dict()
    page = read_page(given)
    rows, count = list_households(held.pk, wanted, PAGE, (page - 1) * PAGE)
    sums = add_up_classes(held.plan_id) if held.plan_id else {}
    return {
        "rows": rows,
        "wanted": wanted,
        "count": count,
        "paging": number_pages(given, count, PAGE),
        "households": list_households(held.pk, "", 1, 0)[1] if wanted else count,
        "classes": [
            (one, *sums.get(one.pk, (0, 0)))
            for one in ShareClass.objects.filter(plan_id=held.plan_id).order_by("at")
        ]
        if held.plan_id
        else [],
        "outdated": len(list_outdated(held)),
        "collective_per_mille": held.collective_units * 1000 // held.total_units if held.total_units else 0,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*READERS)
def household(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One household: who holds what inside it, its certificate, its entries; the form of a split."""
    organisation, found = read_place(request, code)
    held = demand_book(found)
    one = _get_household(organisation, pk)
    if request.method != "POST":
        return _show_household(request, organisation, held, one)
    people = dict(list_people(held, one.pk))
    try:
        typed = read_units(request.POST.dict())
        ids = {member.pk for member in people}
        before = {member.pk: units for member, units in people.items()}
        wanted = {**before, **{pk: units for pk, units in typed.items() if pk in ids}}
        asked = Application(SPLIT, make_split(before, wanted), request.POST.get("words", ""))
        key = request.POST.get("client_key", "")[:64]
        account = get_account_of(request)
        made = apply_for(
            organisation, asked, account, timezone.now(), f"split:{account.id}:{key}" if key else None
        )
    except Refusal as refusal:
        return _show_household(request, organisation, held, one, refusal)
    return go_to(url("villages:share-transfer", made.case.number), "applied")


def _get_household(organisation: Organisation, pk: int) -> Household:
    one = Household.objects.select_related("organisation").filter(organisation=organisation, pk=pk).first()
    if one is None:
        raise Refusal("household-not-found", Words("没有这一户。", "There is no such household."))
    return one


def _show_household(
    request: HttpRequest,
    organisation: Organisation,
    held: ShareBook,
    one: Household,
    refusal: Refusal | None = None,
) -> HttpResponse:
    account = get_account_of(request)
    people = list_people(held, one.pk)
    entries = ShareEntry.objects.filter(Q(from_household=one) | Q(to_household=one), book=held)
    certificates = Certificate.objects.filter(household=one).order_by("-id")
    valid = next((each for each in certificates if each.state == "valid"), None)
    context = {
        "household": one,
        "people": people,
        "total": sum(units for _, units in people),
        "entries": entries.select_related("from_member", "to_member", "case").order_by("-id")[:30],
        "kinds": ENTRIES,
        "certificates": certificates,
        "valid": valid,
        "outdated": valid is not None
        and valid.units != {str(who.pk): units for who, units in people if units},
        "acts": may(account, organisation, *APPLICANTS),
        "issues": may(account, organisation, *ISSUERS),
        "typed": request.POST,
        "refusal": refusal,
    }
    status = status_of_form(refusal)
    return show_one(request, "villages/shares/household.html", context, organisation, "shares", status, DONE)


@require_safe
@open_to(*READERS)
def ledger(request: HttpRequest, code: str) -> HttpResponse:
    """Every entry of the ledger, newest first; by kind."""
    organisation, found = read_place(request, code)
    held = demand_book(found)
    entries = list_entries(request, held)
    count = entries.count()
    page = read_page(request.GET.dict(), max(1, -(-count // PAGE)))
    context = {
        "book": held,
        "rows": entries[(page - 1) * PAGE : page * PAGE],
        "kinds": ENTRIES,
        "kind": request.GET.get("kind", ""),
        "count": count,
        "paging": number_pages(request.GET.dict(), count, PAGE),
    }
    return show_one(request, "villages/shares/ledger.html", context, organisation, "shares")


def list_entries(request: HttpRequest, held: ShareBook) -> QuerySet[ShareEntry]:
    """The entries that the address asks for, newest first."""
    kind = request.GET.get("kind", "")
    found = ShareEntry.objects.filter(book=held, **({"kind": kind} if kind in ENTRIES else {}))
    people = ("from_member", "to_member", "from_household", "to_household", "case")
    return found.select_related(*people).order_by("-number")
