"""Plans of surplus: reckoned and drafted, looked at, resolved on, paid, explained to each member."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.cases.api import get_process
from huiyin.console.api import acting_of, export_xlsx
from huiyin.economy.cooperatives.api import (
    Drafted,
    SurplusPlan,
    Terms,
    draft,
    explain,
    find_plan,
    get_line,
    list_lines,
    list_plans,
    name_subject,
    pay_lines,
    plan_surplus,
    record_meeting,
    refuse_missing,
    replan,
)
from huiyin.economy.organisations.api import list_seen
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import read_number
from huiyin.kernel.words import Words
from huiyin.pages.api import local, render, url
from huiyin.people.api import get_account_of, open_to
from huiyin.villages.cooperatives.frame import answer_form, get_cooperative, may_do, show_part
from huiyin.villages.cooperatives.sheets import LINES, tell_line
from huiyin.villages.cooperatives.typed import read_count, read_day, read_per_mille, read_sum
from huiyin.villages.cooperatives.views_votes import read_meeting
from huiyin.villages.values import READERS


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*READERS)
def surplus(request: HttpRequest, code: str) -> HttpResponse:
    """The plans of a co-operative, and the form that reckons one before it is drafted."""
    organisation = get_cooperative(request, code)

    def draw(refusal: Refusal | None, drafted: Drafted | None = None) -> HttpResponse:
        plans = list_plans(organisation.pk)
        charter = organisation.charters.order_by("-version").first()
        context = {
            "plans": [(one, _tell_stage(one)) for one in plans],
            "drafted": drafted,
            "may_draft": may_do(request, organisation, "bookkeeper"),
            "year": timezone.localdate().year - 1,
            "reserve": f"{(charter.reserve_per_mille if charter else 100) / 10:g}",
        }
        return show_part(request, "surplus.html", context, organisation, "surplus", refusal)

    if request.method != "POST":
        return draw(None)
    if request.POST.get("do") == "try":
        try:
            return draw(
                None, draft(organisation, read_count(request.POST.dict(), "year"), _read_terms(request))
            )
        except Refusal as refusal:
            return draw(refusal)

    def act() -> str:
        key = request.POST.get("client_key", "")[:64]
        year = read_count(request.POST.dict(), "year")
        terms = _read_terms(request)
        plan = plan_surplus(organisation, year, terms, get_account_of(request), timezone.now(), key)
        return url("villages:surplus-plan", plan.case.number) + "?done=planned"

    return answer_form(act, draw)


def _read_terms(request: HttpRequest) -> Terms:
    typed = request.POST.dict()
    return Terms(
        read_sum(typed, "surplus"),
        read_sum(typed, "loss"),
        read_per_mille(typed, "reserve_per_mille"),
        read_per_mille(typed, "volume_per_mille"),
    )


def _tell_stage(plan: SurplusPlan) -> Words:
    return get_process(plan.case.process, plan.case.process_version).get_stage(plan.case.stage).title


def _get_plan(request: HttpRequest, number: str) -> SurplusPlan:
    """The plan, when its co-operative is seen; refuses `plan-not-found`, for a case of another kind too."""
    acting_of(request)  # refusals are drawn in the frame
    plan = find_plan(number)
    if plan is None or not list_seen(get_account_of(request)).filter(pk=plan.organisation_id).exists():
        raise refuse_missing()
    return plan


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*READERS)
def plan(request: HttpRequest, number: str) -> HttpResponse:
    """One plan with every member's line; what its step asks for is done here or on its case."""
    own = _get_plan(request, number)

    def draw(refusal: Refusal | None) -> HttpResponse:
        process = get_process(own.case.process, own.case.process_version)
        stage = process.get_stage(own.case.stage)
        context = {
            "plan": own,
            "stage": stage,
            "steps": [(step, step.key == stage.step) for step in process.steps],
            "lines": list_lines(own),
            "may_draft": stage.key == "drafting" and may_do(request, own.organisation, "bookkeeper"),
            "may_meet": stage.key in {"open-to-members", "meeting"}
            and may_do(request, own.organisation, "director"),
            "may_pay": stage.key == "paying" and may_do(request, own.organisation, "cashier"),
            "today": timezone.localdate(),
        }
        return show_part(request, "plan.html", context, own.organisation, "surplus", refusal)

    def act() -> str:
        done = _carry_out(request, own)
        return f"{url('villages:surplus-plan', own.case.number)}?done={done}"

    return answer_form(act, draw) if request.method == "POST" else draw(None)


def _carry_out(request: HttpRequest, own: SurplusPlan) -> str:
    by, now, typed = get_account_of(request), timezone.now(), request.POST.dict()
    if typed.get("do") == "pay":
        picked = [read_number(one) or 0 for one in request.POST.getlist("pick")]
        everyone = typed.get("whom") == "all"
        pay_lines(own.pk, None if everyone else picked, read_day(typed, "paid_on"), by, now)
        return "paid"
    if typed.get("do") == "meet":
        record_meeting(own.organisation, read_meeting(request, name_subject(own)), by, now)
        return "meeting"
    replan(own.pk, _read_terms(request), by, now)
    return "saved"


@require_safe
@open_to(*READERS)
def plan_sheet(request: HttpRequest, number: str) -> HttpResponse:
    """The lines of a plan as a spreadsheet."""
    own = _get_plan(request, number)
    name = f"{own.organisation.name}{own.year}年盈余分配"
    return export_xlsx(request, "surplus", name, LINES, map(tell_line, list_lines(own)))


@require_safe
@open_to(*READERS)
def line(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """How one member's sum comes about: on screen and on paper for the member."""
    own = _get_plan(request, number)
    one = get_line(own.pk, pk)
    context = {
        "organisation": own.organisation,
        "plan": own,
        "line": one,
        "reasons": explain(one),
        "titles": REASONS,
        "printed_by": get_account_of(request).signature,
        "printed_at": local(timezone.now()),
    }
    return render(request, "villages/cooperatives/line.html", context)


REASONS = {
    "volume": Words("按交易量（额）返还", "Returned by volume traded"),
    "contribution": Words("按出资额分配", "By contribution"),
    "reserve": Words("按公积金份额分配", "By share of the reserve"),
    "grant": Words("按财政补助和捐赠份额分配", "By share of grants and gifts"),
}
