"""The register of contributions: entered, confirmed, given back, on paper as a certificate."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.console.api import export_xlsx
from huiyin.economy.cooperatives.api import (
    FORMS,
    METHODS,
    NewContribution,
    Valuation,
    confirm_contributions,
    contribute,
    list_accounts,
    list_contributions,
    return_contribution,
    sum_cooperatives,
)
from huiyin.economy.organisations.api import Organisation
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import read_number
from huiyin.kernel.words import Words
from huiyin.pages.api import local, number_pages, read_page, render, url
from huiyin.people.api import get_account_of, open_to
from huiyin.villages.cooperatives.frame import answer_form, get_cooperative, may_do, show_part
from huiyin.villages.cooperatives.sheets import CONTRIBUTIONS, tell_contribution, tell_state
from huiyin.villages.cooperatives.typed import read_count, read_day, read_sum, read_words
from huiyin.villages.values import READERS

PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*READERS)
def contributions(request: HttpRequest, code: str) -> HttpResponse:
    """The register; the bookkeeper enters, the director or an overseer confirms."""
    organisation = get_cooperative(request, code)

    def draw(refusal: Refusal | None) -> HttpResponse:
        return _draw(request, organisation, refusal)

    def act() -> str:
        done = _carry_out(request, organisation)
        return f"{url('villages:contributions', organisation.code)}?done={done}"

    return answer_form(act, draw) if request.method == "POST" else draw(None)


def _draw(request: HttpRequest, organisation: Organisation, refusal: Refusal | None) -> HttpResponse:
    found = list_contributions(organisation.pk)
    form, state = request.GET.get("form", ""), request.GET.get("state", "")
    if form in FORMS:
        found = found.filter(form=form)
    if state == "waiting":
        found = found.filter(confirmed_at__isnull=True, returned_on__isnull=True)
    count = found.count()
    page = read_page(request.GET.dict(), -(-count // PAGE))
    context = {
        "rows": [(one, tell_state(one)) for one in found[(page - 1) * PAGE : page * PAGE]],
        "count": count,
        "paging": number_pages(request.GET.dict(), count, PAGE),
        "sums": sum_cooperatives([organisation.pk], timezone.localdate())[organisation.pk],
        "methods": METHODS,
        "wanted": request.GET,
        "may_enter": may_do(request, organisation, "bookkeeper"),
        "may_confirm": may_do(request, organisation, "director", "overseer"),
        "may_return": may_do(request, organisation, "director"),
        "today": timezone.localdate(),
    }
    return show_part(request, "contributions.html", context, organisation, "contributions", refusal)


def _carry_out(request: HttpRequest, organisation: Organisation) -> str:
    typed, account, now = request.POST.dict(), get_account_of(request), timezone.now()
    if typed.get("do") == "confirm":
        picked = [read_number(pk) or 0 for pk in request.POST.getlist("pick")]
        confirm_contributions(organisation, picked or None, account, now)
        return "confirmed"
    if typed.get("do") == "return":
        own = list_contributions(organisation.pk).filter(number=read_count(typed, "certificate")).first()
        if own is None:
            words = Words("没有这个证书号。", "There is no such certificate.")
            raise Refusal("contribution-not-found", words, field="certificate")
        return_contribution(own.pk, timezone.localdate(), read_words(typed, "reason"), account, now)
        return "returned"
    held = list_accounts(organisation.pk).filter(number=read_count(typed, "number")).first()
    valuation = Valuation(
        typed.get("method", ""), read_words(typed, "valuer"), read_words(typed, "resolution")
    )
    new = NewContribution(
        held.pk if held else 0,
        typed.get("form", ""),
        read_words(typed, "what"),
        read_sum(typed, "amount"),
        read_day(typed, "made_on"),
        valuation,
        pledged=bool(typed.get("pledged")),
    )
    contribute(organisation, [new], account, now)
    return "entered"


@require_safe
@open_to(*READERS)
def contributions_sheet(request: HttpRequest, code: str) -> HttpResponse:
    """The register as a spreadsheet."""
    organisation = get_cooperative(request, code)
    rows = map(tell_contribution, list_contributions(organisation.pk))
    return export_xlsx(request, "contributions", f"{organisation.name}出资", CONTRIBUTIONS, rows)


@require_safe
@open_to(*READERS)
def certificate(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The certificate of one contribution, to be printed."""
    organisation = get_cooperative(request, code)
    one = list_contributions(organisation.pk).filter(pk=pk).first()
    if one is None or one.confirmed_at is None or one.returned_on is not None:
        words = Words(
            "没有这张出资证书：出资确认后才有。", "There is no such certificate: only once confirmed."
        )
        raise Refusal("certificate-not-found", words)
    context = {
        "organisation": organisation,
        "one": one,
        "form": FORMS[one.form],
        "method": METHODS.get(one.method),
        "printed_by": get_account_of(request).signature,
        "printed_at": local(timezone.now()),
    }
    return render(request, "villages/cooperatives/certificate.html", context)
