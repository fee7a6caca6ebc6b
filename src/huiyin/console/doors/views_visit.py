"""The through-train's door: what a company or household said on a visit, with the visitor's suggestion."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from huiyin.appeals.api import NewAppeal
from huiyin.cases.api import Acting, get_newest, keep_files
from huiyin.console.doors import desk
from huiyin.console.doors.endings import list_endings, make_inputs
from huiyin.console.doors.forms import VisitForm
from huiyin.console.doors.registering import Wanted, make_source_key, register
from huiyin.console.doors.views_intake import see_other
from huiyin.console.frame import acting_of, show
from huiyin.kernel.refusals import Refusal
from huiyin.pages.api import render
from huiyin.people.api import find_company, get_account_of, list_companies, open_to

VISITORS = ("visitor", "steward")
PROCESS = "through-train"


@open_to(*VISITORS)
@require_http_methods(["GET", "POST"])
def visit(request: HttpRequest) -> HttpResponse:
    """Show the form of a visit; register what is sent."""
    acting = acting_of(request)
    if request.method == "GET":
        return _show(request, VisitForm(initial=_begin(request)), acting)
    form = VisitForm(request.POST, request.FILES)
    try:
        if form.is_valid():
            return see_other(_register(request, form, acting))
    except Refusal as refusal:
        form.take_refusal(refusal)
    return _show(request, form, acting, status=422)


def _begin(request: HttpRequest) -> dict[str, Any]:
    company = find_company(request.GET.get("company", ""))
    steward = "steward" in get_account_of(request).roles
    return {
        "about": "company" if company or (steward and not request.GET.get("village")) else "household",
        "company": company.name if company else "",
        "identity": "named",
        **{key: request.GET.get(key, "")[:100] for key in ("township", "village", "place")},
    }


def _show(request: HttpRequest, form: VisitForm, acting: Acting, status: int = 200) -> HttpResponse:
    account = get_account_of(request)
    offered = list_endings(get_newest(PROCESS), account.roles)
    context = {
        **desk.describe(request, form, acting),
        "endings": [one for one in offered if one.key in {"open", "answer_at_once"}],
        "companies": list_companies(steward_id=account.id) or list_companies(limit=50),
    }
    return show(request, "console/doors/visit.html", context, "console:visit", status)


def _register(request: HttpRequest, form: VisitForm, acting: Acting) -> str:
    typed, now = form.cleaned_data, timezone.now()
    process = get_newest(PROCESS)
    company = typed["about"] == "company"
    new = NewAppeal(
        process=PROCESS,
        channel="steward" if "steward" in get_account_of(request).roles else "visit",
        words=typed["words"],
        opened_at=now,
        name=typed["name"],
        phone=typed["phone"],
        identity=typed["identity"],
        category_id=typed["category"],
        area_id=None if company else typed["village"] or typed["township"],
        township_id=None if company else typed["township"],
        place=typed["place"],
        urgent=typed["urgent"],
        suggestion=typed["suggestion"],
        company_id=typed["company"] if company else None,
        source_key=make_source_key(acting, typed["client_key"]),
    )
    ending = "answer_at_once" if typed["finish"] == "answer_at_once" else "open"
    inputs = make_inputs(ending, process, typed) if ending != "open" else {}
    return register(Wanted(new, ending, inputs, tuple(keep_files(form.uploads()))), acting, now).number


@open_to(*VISITORS, "intake", "window", "dispatcher")
@require_POST
def show_companies(request: HttpRequest) -> HttpResponse:
    """Companies whose name or credit code fits what was typed, as suggestions."""
    found = list_companies(request.POST.get("company", ""), limit=20)
    return render(request, "console/doors/companies.html", {"companies": found})
