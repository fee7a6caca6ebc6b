"""The plans of an organisation, and one of them with its waterfall, steps, files and what is owed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from huiyin.cases.api import get_process
from huiyin.economy.distributions.api import (
    ASIDES,
    Plan,
    get_plan_of_case,
    list_asides,
    list_files,
    list_owed,
    list_plans,
    sum_entries,
    tell_share,
)
from huiyin.economy.organisations.api import get_seen, may
from huiyin.pages.api import Stage, url
from huiyin.people.api import get_account_of, open_to
from huiyin.villages.distributions.asking import DONE, read_place, say_stage, tone_of
from huiyin.villages.distributions.waterfall import draw_waterfall
from huiyin.villages.frame import show_one
from huiyin.villages.values import READERS


@require_safe
@open_to(*READERS)
def plans(request: HttpRequest, code: str) -> HttpResponse:
    """Every plan of the organisation, newest year first."""
    account = get_account_of(request)
    organisation = get_seen(code, account)
    context = {
        "rows": [(one, say_stage(one), tone_of(one)) for one in list_plans(organisation)],
        "may_draft": may(account, organisation, "bookkeeper"),
    }
    return show_one(request, "villages/distributions/plans.html", context, organisation, "distributions")


@require_safe
@open_to(*READERS)
def plan(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One plan: from the income to the members, the steps it took, what was paid and what came back."""
    account = get_account_of(request)
    organisation, one = read_place(request, code, pk)
    due, paid = sum_entries([one.pk]).get(one.pk, (0, 0))
    context = {
        "plan": one,
        "stage": say_stage(one),
        "tone": tone_of(one),
        "steps": draw_waterfall(one),
        "share": tell_share(one),
        "asides": [(aside, ASIDES[aside.kind]) for aside in list_asides(organisation, one.year)],
        "files": list_files(one),
        "owed": list_owed(one) if one.paid_at else [],
        "due": due,
        "paid": paid,
        "journey": _list_steps(one),
        "may_change": may(account, organisation, "bookkeeper")
        and bool(one.case and one.case.stage == "drafting"),
        "may_take": may(account, organisation, "cashier"),
        "may_mend": may(account, organisation, "bookkeeper"),
    }
    return show_one(
        request, "villages/distributions/plan.html", context, organisation, "distributions", done=DONE
    )


def _list_steps(one: Plan) -> list[Stage]:
    """The steps of the process: gone through, the present one, or to come."""
    if one.case is None:
        return []
    process = get_process(one.case.process, one.case.process_version)
    at = [step.key for step in process.steps].index(process.get_stage(one.case.stage).step)
    closed = one.case.stage_kind == "closed"
    return [
        Stage(step.title, "done" if place < at or closed else "now" if place == at else "future")
        for place, step in enumerate(process.steps)
    ]


@require_safe
@open_to(*READERS)
def of_case(request: HttpRequest, number: str) -> HttpResponse:
    """The page of the plan that a case is about."""
    one = get_plan_of_case(number)
    get_seen(one.organisation.code, get_account_of(request))
    return HttpResponseRedirect(url("villages:distribution", one.organisation.code, one.pk))
