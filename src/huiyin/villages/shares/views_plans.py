"""Quantifications: the form of a plan, the plan with its classes, households and steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiyin.cases.api import get_seen_case, view_case
from huiyin.console.api import acting_of
from huiyin.economy.organisations.api import Organisation, demand, get_limit, may
from huiyin.economy.shares.api import (
    BASES,
    CLASSES,
    DRAFTERS,
    INCOME,
    WHATS,
    ClassShare,
    NewClass,
    NewPlan,
    SharePlan,
    add_up_classes,
    change_plan,
    propose_plan,
    reckon_again,
    settle_units,
)
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean, read_number
from huiyin.kernel.words import Words
from huiyin.pages.api import number_pages, read_page, status_of_form, url
from huiyin.people.api import get_account_of, open_to
from huiyin.villages.answering import go_to, read_day, read_whole
from huiyin.villages.frame import show_one
from huiyin.villages.shares.asking import DONE, read_place, say_stage, say_tone
from huiyin.villages.values import READERS

PAGE = 50
MOST_CLASSES = 4


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*DRAFTERS)
def new_plan(request: HttpRequest, code: str) -> HttpResponse:
    """Propose a quantification."""
    organisation, _ = read_place(request, code)
    account = get_account_of(request)
    demand(account, organisation, *DRAFTERS)
    if request.method != "POST":
        return _show_form(request, organisation, _begin(organisation), None)
    key = request.POST.get("client_key", "")[:64]
    try:
        source = f"plan:{account.id}:{key}" if key else None
        plan = propose_plan(organisation, _read(request.POST), account, timezone.now(), source)
    except Refusal as refusal:
        return _show_form(request, organisation, request.POST, None, refusal)
    return go_to(url("villages:share-plan", plan.case.number))


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*DRAFTERS)
def change(request: HttpRequest, number: str) -> HttpResponse:
    """Change the classes of a draft; it is reckoned anew."""
    plan = get_plan(request, number)
    demand(get_account_of(request), plan.organisation, *DRAFTERS)
    if request.method != "POST":
        return _show_form(request, plan.organisation, _describe(plan), plan)
    try:
        change_plan(plan.pk, _read(request.POST), get_account_of(request), timezone.now())
    except Refusal as refusal:
        return _show_form(request, plan.organisation, request.POST, plan, refusal)
    return go_to(url("villages:share-plan", number), "changed")


def _begin(organisation: Organisation) -> dict[str, str]:
    charter = organisation.charters.order_by("-version").first()
    return {
        "what": INCOME,
        "counted_on": timezone.localdate().isoformat(),
        "collective_per_mille": str(charter.collective_per_mille if charter else 0),
        "title_1": CLASSES[0],
        "basis_1": "each",
        "units_1": "10",
        "most_1": "44",
    }


def _describe(plan: SharePlan) -> dict[str, str]:
    typed = {
        "what": plan.quantifies,
        "counted_on": plan.counted_on.isoformat(),
        "collective_per_mille": str(plan.collective_per_mille),
    }
    for one in plan.classes.order_by("at"):
        typed |= {
            f"title_{one.at}": one.title,
            f"basis_{one.at}": one.basis,
            f"units_{one.at}": str(one.units),
            f"most_{one.at}": str(one.most_years),
        }
    return typed


def _read(sent: QueryDict) -> NewPlan:
    classes = [
        NewClass(
            clean(sent.get(f"title_{at}", ""))[:20],
            sent.get(f"basis_{at}", ""),
            read_whole(sent.get(f"units_{at}", ""), "classes"),
            read_whole(sent.get(f"most_{at}", "") or "44", "classes"),
        )
        for at in range(1, MOST_CLASSES + 1)
        if clean(sent.get(f"title_{at}", ""))
    ]
    counted_on = read_day(sent.get("counted_on", ""), "counted_on")
    per_mille = read_whole(sent.get("collective_per_mille", "0") or "0", "collective_per_mille")
    return NewPlan(classes, counted_on, per_mille, sent.get("what", ""), sent.get("words", "")[:2000])


def _show_form(
    request: HttpRequest,
    organisation: Organisation,
    typed: Mapping[str, str],
    plan: SharePlan | None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    charter = organisation.charters.order_by("-version").first()
    context: dict[str, Any] = {
        "typed": typed,
        "plan": plan,
        "whats": list(WHATS.items()),
        "bases": list(BASES.items()),
        "names": CLASSES,
        "rows": range(1, MOST_CLASSES + 1),
        "charter": charter,
        "limit": get_limit("collective-share", organisation.township_id),
        "refusal": refusal,
        "errors": {refusal.field: refusal.words} if refusal and refusal.field else {},
    }
    status = status_of_form(refusal)
    return show_one(request, "villages/shares/plan_form.html", context, organisation, "shares", status)


@require_safe
@open_to(*READERS)
def plan(request: HttpRequest, number: str) -> HttpResponse:
    """One quantification: what it gives, to whom, where it stands, what comes next."""
    acting = acting_of(request)
    one = get_plan(request, number)
    view = view_case(number, acting)
    wanted = clean(request.GET.get("q", ""))[:20]
    shares = ClassShare.objects.filter(of__plan=one).select_related("of", "member__household")
    if wanted:
        shares = shares.filter(member__number=read_number(wanted) or 0)
    count = shares.count()
    page = read_page(request.GET.dict(), max(1, -(-count // PAGE)))
    sums = add_up_classes(one.pk)
    may_draft = may(get_account_of(request), one.organisation, *DRAFTERS)
    context = {
        "plan": one,
        "view": view,
        "stage": say_stage(one.case),
        "tone": say_tone(one.case),
        "classes": [(each, *sums.get(each.pk, (0, 0))) for each in one.classes.order_by("at")],
        "bases": BASES,
        "whats": WHATS,
        "rows": shares.order_by("member__number", "of__at")[(page - 1) * PAGE : page * PAGE],
        "wanted": wanted,
        "count": count,
        "paging": number_pages(request.GET.dict(), count, PAGE),
        "drafts": one.case.stage == "drafting" and may_draft,
        "moves": [move for move in view.moves if move.key != "remark"],
    }
    return show_one(request, "villages/shares/plan.html", context, one.organisation, "shares", done=DONE)


@require_POST
@open_to(*DRAFTERS)
def settle(request: HttpRequest, number: str) -> HttpResponse:
    """Settle what a class gives one member, or reckon the whole plan on the roster as it is now."""
    one, account, now = get_plan(request, number), get_account_of(request), timezone.now()
    if request.POST.get("do") == "reckon":
        reckon_again(one.pk, account, now)
        return go_to(url("villages:share-plan", number), "reckoned")
    share_id = read_number(request.POST.get("share", "")) or 0
    if not ClassShare.objects.filter(pk=share_id, of__plan=one).exists():
        raise Refusal("share-not-found", Words("方案里没有这一行。", "There is no such line in the plan."))
    units = read_whole(request.POST.get("units", ""), "units")
    settle_units(share_id, units, request.POST.get("reason", "")[:200], account, now)
    return go_to(url("villages:share-plan", number), "settled")


def get_plan(request: HttpRequest, number: str) -> SharePlan:
    """The plan of that case, if the account sees it; refuses `plan-not-found`."""
    case = get_seen_case(number, acting_of(request))
    found = SharePlan.objects.select_related("organisation__township", "case").filter(case=case).first()
    if found is None:
        raise Refusal("plan-not-found", Words("没有这件股权量化。", "There is no such quantification."))
    return found
