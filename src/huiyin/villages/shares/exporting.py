"""What is listed of shares, as spreadsheets: names stay masked."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from huiyin.console.api import export_xlsx
from huiyin.economy.shares.api import ENTRIES, ClassShare, ShareEntry, list_households
from huiyin.kernel.words import Words
from huiyin.pages.api import Column, Value
from huiyin.people.api import open_to
from huiyin.villages.shares.asking import demand_book, read_place, say_stage
from huiyin.villages.shares.views import list_entries
from huiyin.villages.shares.views_certificates import STATES, find_certificates
from huiyin.villages.shares.views_plans import get_plan
from huiyin.villages.shares.views_transfers import list_transfers
from huiyin.villages.values import READERS

ALL = 100_000
UNITS = Column(Words("股份", "Units"), 12)
HOUSEHOLD = Column(Words("户号", "Household"), 8)
CASE = Column(Words("办理编号", "Case"), 22)
KIND = Column(Words("方式", "Kind"), 14)


@require_safe
@open_to(*READERS)
def export_book(request: HttpRequest, code: str) -> HttpResponse:
    """The share book by household."""
    organisation, found = read_place(request, code)
    rows, _ = list_households(demand_book(found).pk, request.GET.get("q", "").strip()[:40], ALL, 0)
    columns = (
        HOUSEHOLD,
        Column(Words("户主", "Head"), 10),
        Column(Words("组别", "Group"), 16),
        Column(Words("持股人数", "Holders"), 10),
        UNITS,
        Column(Words("股权证", "Certificate"), 26),
    )
    told = ((one.number, one.head, one.group, one.holders, one.units, one.certificate or "") for one in rows)
    return export_xlsx(request, "shares", f"股份簿 {organisation.code}", columns, told)


@require_safe
@open_to(*READERS)
def export_ledger(request: HttpRequest, code: str) -> HttpResponse:
    """The ledger."""
    organisation, found = read_place(request, code)
    columns = (
        Column(Words("序号", "Number"), 8),
        Column(Words("时间", "At"), 18),
        KIND,
        Column(Words("转出人", "From"), 12),
        Column(Words("接受人", "To"), 12),
        UNITS,
        Column(Words("事由", "Reason"), 30),
        CASE,
    )
    rows = _tell_entries(list(list_entries(request, demand_book(found))))
    return export_xlsx(request, "share-ledger", f"股权台账 {organisation.code}", columns, rows)


def _tell_entries(entries: list[ShareEntry]) -> Iterator[tuple[Value, ...]]:
    for one in entries:
        giver = one.from_member.masked_name if one.from_member else ""
        taker: Value = one.to_member.masked_name if one.to_member else Words("集体", "The collective")
        number = one.case.number if one.case else ""
        yield one.number, one.at, ENTRIES[one.kind], giver, taker, one.units, one.reason, number


@require_safe
@open_to(*READERS)
def export_transfers(request: HttpRequest, code: str) -> HttpResponse:
    """The changes that were applied for."""
    organisation, _ = read_place(request, code)
    columns = (
        CASE,
        Column(Words("事项", "Matter"), 36),
        KIND,
        Column(Words("状态", "State"), 18),
        Column(Words("申请", "Applied for"), 18),
        Column(Words("登记时间", "Registered"), 18),
    )
    rows = (
        (
            one.case.number,
            one.case.title,
            ENTRIES[one.kind],
            say_stage(one.case),
            one.case.opened_at,
            one.registered_at,
        )
        for one in list_transfers(request, organisation)
    )
    return export_xlsx(request, "share-transfers", f"股权变更 {organisation.code}", columns, rows)


@require_safe
@open_to(*READERS)
def export_certificates(request: HttpRequest, code: str) -> HttpResponse:
    """The log of certificates."""
    organisation, found = read_place(request, code)
    columns = (
        Column(Words("证号", "Number"), 26),
        HOUSEHOLD,
        Column(Words("状态", "State"), 10),
        UNITS,
        Column(Words("发证", "Issued"), 18),
        Column(Words("缘由", "Why"), 30),
    )
    rows = (
        (
            one.number,
            one.household.number,
            STATES[one.state][0],
            sum(one.units.values()),
            one.issued_at,
            one.reason,
        )
        for one in find_certificates(demand_book(found), request.GET.get("q", "").strip()[:40])
    )
    return export_xlsx(request, "certificates", f"股权证 {organisation.code}", columns, rows)


@require_safe
@open_to(*READERS)
def export_plan(request: HttpRequest, number: str) -> HttpResponse:
    """A plan, person by person and class by class."""
    plan = get_plan(request, number)
    columns = (
        HOUSEHOLD,
        Column(Words("成员号", "Member's number"), 8),
        Column(Words("姓名", "Name"), 10),
        Column(Words("种类", "Class"), 12),
        UNITS,
        Column(Words("核定理由", "Why it was settled"), 30),
    )
    found = ClassShare.objects.filter(of__plan=plan).select_related("of", "member__household")
    rows = (
        (
            one.member.household.number,
            one.member.number,
            one.member.masked_name,
            one.of.title,
            one.units,
            one.reason,
        )
        for one in found.order_by("member__household__number", "member__number", "of__at")
    )
    return export_xlsx(request, "share-plan", f"股权量化方案 {number}", columns, rows)
