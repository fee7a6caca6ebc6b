"""The lines of a plan, found and taken away; one member's dividends over the years, explained."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from huiyin.console.api import export_xlsx
from huiyin.economy.distributions.api import ENTRIES, Plan, explain, list_lines
from huiyin.economy.members.api import Member
from huiyin.economy.organisations.api import get_seen
from huiyin.kernel.money import to_yuan
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.pages.api import Column, Value, number_pages, read_page
from huiyin.people.api import get_account_of, open_to
from huiyin.villages.distributions.asking import read_place, say_stage
from huiyin.villages.frame import show_one
from huiyin.villages.values import READERS

PAGE = 50


@require_safe
@open_to(*READERS)
def lines(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """What each member gets, by household; found by a household's number or a surname."""
    organisation, plan = read_place(request, code, pk)
    wanted = clean(request.GET.get("q", ""))[:40]
    found = list_lines(plan, wanted)
    count = found.count()
    page = read_page(request.GET.dict(), -(-count // PAGE))
    context = {
        "plan": plan,
        "stage": say_stage(plan),
        "rows": found[(page - 1) * PAGE : page * PAGE],
        "wanted": wanted,
        "count": count,
        "sum": found.order_by().aggregate(fen=Sum("fen"))["fen"] or 0,
        "paging": number_pages(request.GET.dict(), count, PAGE),
    }
    return show_one(request, "villages/distributions/lines.html", context, organisation, "distributions")


@require_safe
@open_to(*READERS)
def export_lines(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The lines that are listed, as a spreadsheet."""
    _, plan = read_place(request, code, pk)
    wanted = clean(request.GET.get("q", ""))[:40]
    columns = [
        Column(Words("户号", "Household"), 8),
        Column(Words("户主", "Head"), 10),
        Column(Words("成员号", "Member"), 8),
        Column(Words("姓名", "Name"), 10),
        Column(Words("份额", "Shares"), 10),
        Column(Words("金额（元）", "Yuan"), 14),
    ]
    name = f"收益分配明细-{code}-{plan.year}"
    return export_xlsx(request, "distribution-lines", name, columns, _tell(plan, wanted))


def _tell(plan: Plan, wanted: str) -> Iterator[list[Value]]:
    for one in list_lines(plan, wanted).iterator(chunk_size=1000):
        home, member = one.household, one.member
        yield [home.number, home.masked_head, member.number, member.masked_name, one.units, to_yuan(one.fen)]


@require_safe
@open_to(*READERS)
def dividends(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Every year of one member: how the sum came to be, and what stands on the account."""
    organisation = get_seen(code, get_account_of(request))
    member = Member.objects.filter(pk=pk, organisation=organisation).select_related("household").first()
    if member is None:
        words = Words("没有这位成员。请从明细里打开。", "There is no such member. Open one from the lines.")
        raise Refusal("member-not-found", words)
    context = {"member": member, "years": explain(member), "kinds": ENTRIES}
    return show_one(request, "villages/distributions/dividends.html", context, organisation, "distributions")
