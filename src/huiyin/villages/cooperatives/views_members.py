"""Members and their accounts: who joined, what stands in each, who leaves."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.console.api import export_xlsx
from huiyin.economy.cooperatives.api import (
    KINDS,
    Bases,
    Identity,
    MemberAccount,
    NewAccount,
    NewTrade,
    enrol,
    get_account_row,
    leave,
    list_accounts,
    list_contributions,
    list_staying,
    record_trades,
    sum_bases,
)
from huiyin.economy.organisations.api import Organisation
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.pages.api import number_pages, read_page, url
from huiyin.people.api import get_account_of, open_to
from huiyin.villages.cooperatives.frame import answer_form, get_cooperative, may_do, show_part
from huiyin.villages.cooperatives.sheets import MEMBERS, tell_member
from huiyin.villages.cooperatives.typed import read_day, read_sum, read_words
from huiyin.villages.values import READERS

PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*READERS)
def members(request: HttpRequest, code: str) -> HttpResponse:
    """The accounts with contribution, share of the reserve, volume; the form for somebody who joins."""
    organisation = get_cooperative(request, code)

    def draw(refusal: Refusal | None) -> HttpResponse:
        return _draw(request, organisation, refusal)

    def act() -> str:
        typed = request.POST.dict()
        identity = Identity(
            read_words(typed, "name"), read_words(typed, "id_number"), read_words(typed, "phone")
        )
        new = NewAccount(identity, typed.get("kind", ""), read_day(typed, "joined_on"))
        enrol(organisation, [new], get_account_of(request), timezone.now())
        return url("villages:cooperative-members", organisation.code) + "?done=entered"

    return answer_form(act, draw) if request.method == "POST" else draw(None)


def _draw(request: HttpRequest, organisation: Organisation, refusal: Refusal | None) -> HttpResponse:
    found = list_accounts(organisation.pk)
    kind, wanted = request.GET.get("kind", ""), request.GET.get("q", "").strip()[:30]
    if kind in KINDS:
        found = found.filter(kind=kind)
    if wanted:
        by_number = wanted.isascii() and wanted.isdigit() and len(wanted) < 9
        found = found.filter(number=int(wanted)) if by_number else found.filter(masked_name__contains=wanted)
    today, count = timezone.localdate(), found.count()
    year = _read_year(request)
    bases = {one.account_id: one for one in sum_bases(organisation.pk, today, year)}
    page = read_page(request.GET.dict(), -(-count // PAGE))
    staying = MemberAccount.objects.filter(list_staying(organisation.pk, today))
    context = {
        "rows": [(one, bases.get(one.pk)) for one in found[(page - 1) * PAGE : page * PAGE]],
        "count": count,
        "members": staying.count(),
        "farmers": staying.filter(kind="farmer").count(),
        "paging": number_pages(request.GET.dict(), count, PAGE),
        "wanted": request.GET,
        "year": year,
        "today": today,
        "may_enter": may_do(request, organisation, "bookkeeper", "director"),
    }
    return show_part(request, "members.html", context, organisation, "members", refusal)


def _read_year(request: HttpRequest) -> int:
    year = request.GET.get("year", "")
    return int(year) if year.isascii() and year.isdigit() and len(year) == 4 else timezone.localdate().year


@require_safe
@open_to(*READERS)
def members_sheet(request: HttpRequest, code: str) -> HttpResponse:
    """The accounts as a spreadsheet."""
    organisation, today = get_cooperative(request, code), timezone.localdate()
    bases = {one.account_id: one for one in sum_bases(organisation.pk, today, _read_year(request))}
    none = Bases(0, 0, 0, 0, 0)
    rows = (
        tell_member(one, bases.get(one.pk, none).contribution, bases.get(one.pk, none).volume)
        for one in list_accounts(organisation.pk)
    )
    return export_xlsx(request, "cooperative-members", f"{organisation.name}成员账户", MEMBERS, rows)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*READERS)
def member(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One member's account: contributions, shares, trades, what was paid; trades are entered, a leave too."""
    organisation = get_cooperative(request, code)
    account = get_account_row(pk)
    if account.organisation_id != organisation.pk:
        words = Words("没有这个成员账户。", "There is no such account.")
        raise Refusal("member-not-found", words)

    def draw(refusal: Refusal | None) -> HttpResponse:
        given = list_contributions(organisation.pk).filter(account=account)
        standing = [one for one in given if one.confirmed_at and not one.returned_on]
        capital = sum(one.fen for one in standing)
        context = {
            "account": account,
            "contributions": given,
            "capital": capital,
            "refund": capital + account.reserve_fen,
            "trades": account.trades.order_by("-traded_on", "-id")[:30],
            "lines": account.surplus.select_related("plan__case").order_by("-plan__year"),
            "contracts": account.benefit_contracts.order_by("number"),
            "may_enter": may_do(request, organisation, "bookkeeper"),
            "may_leave": may_do(request, organisation, "bookkeeper", "director"),
            "today": timezone.localdate(),
        }
        return show_part(request, "member.html", context, organisation, "members", refusal)

    def act() -> str:
        done = _carry_out(request, organisation, account)
        return f"{url('villages:cooperative-member', organisation.code, account.pk)}?done={done}"

    return answer_form(act, draw) if request.method == "POST" else draw(None)


def _carry_out(request: HttpRequest, organisation: Organisation, account: MemberAccount) -> str:
    typed, by, now = request.POST.dict(), get_account_of(request), timezone.now()
    if typed.get("do") == "leave":
        leave(account.pk, read_day(typed, "asked_on"), by, now)
        return "left"
    new = NewTrade(
        account.pk,
        read_day(typed, "traded_on"),
        read_words(typed, "what"),
        read_sum(typed, "amount"),
        read_words(typed, "quantity"),
    )
    record_trades(organisation, [new], by, now)
    return "entered"
