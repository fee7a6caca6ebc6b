"""Appeals on membership: filing one on somebody's behalf, and the page of one with its steps."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from huiyin.cases.api import get_process
from huiyin.console.api import acting_of
from huiyin.economy.members.api import STANDINGS, Member, get_member
from huiyin.economy.membership.api import (
    FILERS,
    GROUNDS,
    Appeal,
    NewAppeal,
    file_appeal,
    get_appeal,
    hint_on,
    state_ground,
)
from huiyin.economy.organisations.api import Organisation, demand, get_seen, may
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.pages.api import status_of_form
from huiyin.people.api import get_account_of, open_to
from huiyin.villages.answering import go, tell_errors
from huiyin.villages.frame import show_one
from huiyin.villages.members.stepping import carry_out, list_acts, list_steps, view_seen
from huiyin.villages.values import READERS

DONE = {
    "filed": Words("复核申请已提交。", "The appeal is filed."),
    "stated": Words("查明的情形已保存。", "What was found is kept."),
    "moved": Words("已办理。", "Done."),
}
INQUIRERS = ("overseer", "rural")


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*FILERS)
def new_appeal(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """File an appeal on behalf of somebody who was refused or struck off."""
    account = get_account_of(request)
    one = get_seen(code, account)
    person = get_member(one, pk)
    if request.method != "POST":
        return _show_form(request, one, person)
    typed = request.POST
    new = NewAppeal(typed.get("ground", ""), typed.get("words", ""), typed.get("evidence", ""))
    try:
        demand(account, one, *FILERS)
        appeal = file_appeal(person, new, acting_of(request), timezone.now())
    except Refusal as refusal:
        return _show_form(request, one, person, refusal)
    return go("filed", "membership-appeal", get_case_number(appeal))


def get_case_number(appeal: Appeal) -> str:
    """The number of the appeal's case."""
    return Appeal.objects.values_list("case__number", flat=True).get(pk=appeal.pk)


def _show_form(
    request: HttpRequest, one: Organisation, person: Member, refusal: Refusal | None = None
) -> HttpResponse:
    context = {
        "person": person,
        "standings": STANDINGS,
        "grounds": list(GROUNDS.items()),
        "typed": request.POST.dict(),
        "errors": tell_errors(refusal),
    }
    status = status_of_form(refusal)
    return show_one(request, "villages/members/appeal_form.html", context, one, "rounds", status)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*READERS)
def membership_appeal(request: HttpRequest, number: str) -> HttpResponse:
    """An appeal: what is asked, what the law says, its steps; sent, it makes one or states the ground."""
    account = get_account_of(request)
    acting_of(request)  # refusals are drawn in the frame
    appeal = get_appeal(number)
    get_seen(appeal.organisation.code, account)
    if request.method != "POST":
        return _show(request, appeal)
    typed = request.POST
    try:
        if typed.get("move"):
            carry_out(request, number)
            return go("moved", "membership-appeal", number)
        state_ground(number, typed.get("ground", ""), typed.get("evidence", ""), account, timezone.now())
    except Refusal as refusal:
        return _show(request, get_appeal(number), refusal)
    return go("stated", "membership-appeal", number)


def _show(request: HttpRequest, appeal: Appeal, refusal: Refusal | None = None) -> HttpResponse:
    case, account = appeal.case, get_account_of(request)
    process, view = get_process(case.process, case.process_version), view_seen(request, case.number)
    inquiry = case.stage in {"inquiring", "deliberating"}
    context = {
        "appeal": appeal,
        "case": case,
        "person": appeal.member,
        "standings": STANDINGS,
        "stage": process.get_stage(case.stage),
        "steps": list_steps(process, case.stage),
        "acts": list_acts(view),
        "sees_case": view is not None,
        "said": [entry for entry in (view.entries if view else []) if _tell(entry.body)],
        "process": process,
        "hint": hint_on(appeal),
        "ground": GROUNDS[appeal.ground],
        "grounds": list(GROUNDS.items()),
        "states": inquiry and may(account, appeal.organisation, *INQUIRERS),
        "typed": request.POST.dict(),
        "errors": tell_errors(refusal),
    }
    status = status_of_form(refusal)
    home = appeal.organisation
    return show_one(request, "villages/members/appeal.html", context, home, "rounds", status, DONE)


def _tell(body: object) -> str:
    inputs = body.get("inputs", {}) if isinstance(body, dict) else {}
    return str(inputs.get("reason") or inputs.get("reply") or "")
