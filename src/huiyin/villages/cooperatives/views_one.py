"""The first page of a co-operative; for a collective, the co-operatives that it leads."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from huiyin.economy.cooperatives.api import (
    MODELS,
    Cooperative,
    Grant,
    add_grant,
    list_plans,
    set_model,
    sum_benefits,
    sum_cooperatives,
)
from huiyin.economy.organisations.api import Organisation, OrganisationKind, get_seen
from huiyin.kernel.refusals import Refusal
from huiyin.pages.api import url
from huiyin.people.api import get_account_of, open_to
from huiyin.villages.cooperatives.frame import answer_form, may_do, show_part
from huiyin.villages.cooperatives.typed import find_day, read_day, read_sum, read_words
from huiyin.villages.frame import show_one
from huiyin.villages.values import READERS


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*READERS)
def cooperative(request: HttpRequest, code: str) -> HttpResponse:
    """What it is, its figures, grants; the director says by which model it works."""
    organisation = get_seen(code, get_account_of(request))
    if organisation.kind != OrganisationKind.COOPERATIVE:
        return _show_led(request, organisation)

    def draw(refusal: Refusal | None) -> HttpResponse:
        today = timezone.localdate()
        context = {
            "own": Cooperative.objects.filter(organisation=organisation).first(),
            "leader": organisation.leader,
            "sums": sum_cooperatives([organisation.pk], today)[organisation.pk],
            "benefits": sum_benefits([organisation.pk], today).get(organisation.pk),
            "grants": organisation.grants.order_by("got_on", "id"),
            "plans": list_plans(organisation.pk)[:3],
            "may_set": may_do(request, organisation, "director", "rural"),
            "may_enter": may_do(request, organisation, "bookkeeper"),
            "today": today,
        }
        return show_part(request, "one.html", context, organisation, "overview", refusal)

    def act() -> str:
        _carry_out(request, organisation)
        return url("villages:cooperative", organisation.code) + "?done=saved"

    return answer_form(act, draw) if request.method == "POST" else draw(None)


def _carry_out(request: HttpRequest, organisation: Organisation) -> None:
    typed, account, now = request.POST.dict(), get_account_of(request), timezone.now()
    if typed.get("do") == "grant":
        grant = Grant(
            source=read_words(typed, "source"),
            what=read_words(typed, "what"),
            fen=read_sum(typed, "amount"),
            got_on=read_day(typed, "got_on"),
        )
        add_grant(organisation, grant, account, now)
        return
    set_model(
        organisation,
        typed.get("model", ""),
        read_words(typed, "resolution"),
        find_day(typed, "resolved_on"),
        account,
        now,
    )


def _show_led(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    led = list(organisation.cooperatives.filter(active=True).select_related("cooperative").order_by("code"))
    sums = sum_cooperatives([one.pk for one in led], timezone.localdate())
    context = {"rows": [(one, sums[one.pk]) for one in led], "models": MODELS}
    return show_one(request, "villages/cooperatives/led.html", context, organisation, "cooperative")
