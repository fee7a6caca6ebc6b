"""Rounds of confirmation and appeals: those of one organisation, and how all stand over many."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.cases.api import get_process
from huiyin.console.api import acting_of, export_xlsx
from huiyin.economy.membership.api import (
    Appeal,
    Round,
    Standing,
    list_appeals,
    list_rounds,
    list_standings,
    open_rounds,
)
from huiyin.economy.organisations.api import Organisation, demand, get_seen, list_seen, may
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.pages.api import Column, Value, number_pages, read_page, status_of_form
from huiyin.people.api import AccountInHand, get_account_of, open_to
from huiyin.villages.answering import go, read_day, tell_errors
from huiyin.villages.frame import show_many, show_one
from huiyin.villages.values import READERS

PAGE = 50
OPENERS = ("bookkeeper", "director", "rural")
DONE = {
    "opened": Words("已启动成员认定。", "The round is open."),
    "none": Words("所选的村这个名称的认定已经启动过。", "Rounds of this name were opened before."),
}
COLUMNS = [
    Column(Words(zh, en), width)
    for zh, en, width in (
        ("编码", "Code", 20),
        ("组织", "Organisation", 30),
        ("乡镇", "Township", 14),
        ("成员", "Members", 10),
        ("待确认", "To be confirmed", 10),
        ("最近一次认定", "Newest round", 30),
        ("进度", "Stage", 20),
        ("复核在办", "Appeals open", 10),
    )
]


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*READERS)
def rounds(request: HttpRequest, code: str) -> HttpResponse:
    """The organisation's rounds and appeals; sent, it opens a round with everybody who waits."""
    one = get_seen(code, get_account_of(request))
    if request.method != "POST":
        return _show_one(request, one)
    try:
        demand(get_account_of(request), one, *OPENERS)
        opened = _open(request, [one])
    except Refusal as refusal:
        return _show_one(request, one, refusal)
    return go("opened", "membership-round", opened[0].case.number) if opened else go("none", "rounds", code)


def _open(request: HttpRequest, organisations: list[Organisation]) -> list[Round]:
    typed = request.POST
    as_of = read_day(typed.get("as_of", ""), "as_of")
    return open_rounds(organisations, typed.get("title", ""), as_of, acting_of(request), timezone.now())


def _show_one(request: HttpRequest, one: Organisation, refusal: Refusal | None = None) -> HttpResponse:
    only = Organisation.objects.filter(pk=one.pk)
    context = {
        "rounds": [(each, _tell_stage(each)) for each in list_rounds(only)[:100]],
        "appeals": [(each, _tell_stage(each)) for each in list_appeals(only)[:100]],
        "may_open": may(get_account_of(request), one, *OPENERS),
        "today": timezone.localdate(),
        "typed": request.POST.dict(),
        "errors": tell_errors(refusal),
    }
    status = status_of_form(refusal)
    return show_one(request, "villages/members/rounds.html", context, one, "rounds", status, DONE)


def _tell_stage(one: Round | Appeal) -> Words:
    case = one.case
    return get_process(case.process, case.process_version).get_stage(case.stage).title


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*READERS)
def membership(request: HttpRequest) -> HttpResponse:
    """How membership stands over every organisation that is seen; a clerk opens rounds for all ticked."""
    account = get_account_of(request)
    if request.method == "POST":
        return _open_many(request)
    found = _choose(request)
    total = found.count()
    page = read_page(request.GET.dict(), max(1, -(-total // PAGE)))
    return _show_many(request, list_standings(found[(page - 1) * PAGE : page * PAGE]), total, account.roles)


def _choose(request: HttpRequest) -> QuerySet[Organisation]:
    found = list_seen(get_account_of(request)).exclude(kind="cooperative")
    wanted = clean(request.GET.get("q", ""))[:40]
    return found.filter(name__icontains=wanted) if wanted else found


def _open_many(request: HttpRequest) -> HttpResponse:
    account = get_account_of(request)
    codes = request.POST.getlist("pick")[:1000]
    found = _choose(request)
    chosen = list(found if request.POST.get("all") else found.filter(code__in=codes))
    try:
        _check_chosen(account, chosen)
        opened = _open(request, chosen)
    except Refusal as refusal:
        return _show_many(
            request, list_standings(found[:PAGE]), found.count(), account.roles, refusal, set(codes)
        )
    return go("opened" if opened else "none", "membership")


def _check_chosen(account: AccountInHand, chosen: list[Organisation]) -> None:
    if not chosen:
        words = Words("请先勾选要启动认定的组织。", "Tick the organisations first.")
        raise Refusal("nothing-picked", words)
    for one in chosen:
        demand(account, one, "rural")


def _show_many(
    request: HttpRequest,
    lines: list[Standing],
    total: int,
    roles: frozenset[str],
    refusal: Refusal | None = None,
    picked: Collection[str] = (),
) -> HttpResponse:
    context = {
        "lines": [(line, _tell_stage(line.newest) if line.newest else None) for line in lines],
        "total": total,
        "wanted": clean(request.GET.get("q", ""))[:40],
        "opens": "rural" in roles,
        "picked": picked,
        "today": timezone.localdate(),
        "typed": request.POST.dict(),
        "errors": tell_errors(refusal),
        "paging": number_pages(request.GET.dict(), total, PAGE),
    }
    status = status_of_form(refusal)
    return show_many(request, "villages/members/membership.html", context, "membership", status, DONE)


@require_safe
@open_to(*READERS)
def export_membership(request: HttpRequest) -> HttpResponse:
    """The same as a spreadsheet, with stable codes."""
    lines = list_standings(_choose(request))
    return export_xlsx(request, "membership", "成员认定进度", COLUMNS, _tell(lines))


def _tell(lines: list[Standing]) -> Iterator[list[Value]]:
    for line in lines:
        newest = line.newest
        yield [
            line.organisation.code,
            line.organisation.name,
            line.organisation.township.short,
            line.confirmed,
            line.waiting,
            newest.title if newest else None,
            _tell_stage(newest) if newest else None,
            line.appeals,
        ]
