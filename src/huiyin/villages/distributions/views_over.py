"""How far each organisation and each township is with a year's distribution."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from huiyin.console.api import export_xlsx
from huiyin.economy.distributions.api import Plan, Progress, count_progress
from huiyin.economy.organisations.api import OrganisationKind, list_seen
from huiyin.kernel.money import to_yuan
from huiyin.kernel.words import Words
from huiyin.pages.api import Column, Value, number_pages, read_page
from huiyin.people.api import get_account_of, open_to
from huiyin.villages.distributions.asking import read_year, say_stage, tone_of
from huiyin.villages.frame import show_many
from huiyin.villages.values import READERS

PAGE = 50
NONE = Words("还没有方案", "No plan yet")
STATES: dict[str, Words] = {
    "none": NONE,
    "moving": Words("办理中", "Under way"),
    "approved": Words("待发放", "To pay"),
    "paid": Words("已发放", "Paid"),
}


@dataclass(slots=True)
class Township:
    """A township's count of organisations by state, and what they distribute."""

    name: str
    counts: dict[str, int]
    fen: int = 0

    @property
    def total(self) -> int:
        """All its organisations."""
        return sum(self.counts.values())


def state_of(plan: Plan | None) -> str:
    """A key of `STATES`."""
    if plan is None:
        return "none"
    return "paid" if plan.paid_at else "approved" if plan.approved_at else "moving"


@require_safe
@open_to(*READERS)
def over_many(request: HttpRequest) -> HttpResponse:
    """The townships with their counts, and every organisation with its plan of the year."""
    year, rows = _read(request)
    chosen = request.GET.get("state", "")
    kept = [one for one in rows if chosen not in STATES or state_of(one.plan) == chosen]
    page = read_page(request.GET.dict(), -(-len(kept) // PAGE))
    this = timezone.localdate().year
    context = {
        "year": year,
        "years": [(str(one), str(one)) for one in range(this, this - 6, -1)],
        "townships": _add_up(rows),
        "totals": _total(rows),
        "states": STATES,
        "chosen": chosen if chosen in STATES else "",
        "rows": [(one, *_say(one.plan)) for one in kept[(page - 1) * PAGE : page * PAGE]],
        "count": len(kept),
        "paging": number_pages(request.GET.dict(), len(kept), PAGE),
    }
    return show_many(request, "villages/distributions/over.html", context, "distributions")


def _read(request: HttpRequest) -> tuple[int, list[Progress]]:
    seen = list_seen(get_account_of(request)).exclude(kind=OrganisationKind.COOPERATIVE)
    year = read_year(request.GET.dict())
    return year, count_progress(seen, year)


def _say(plan: Plan | None) -> tuple[Words, tuple[str, str]]:
    return (say_stage(plan), tone_of(plan)) if plan else (NONE, ("grey", "ring"))


def _add_up(rows: list[Progress]) -> list[Township]:
    found: dict[str, Township] = {}
    for one in rows:
        name = one.organisation.township.short
        held = found.setdefault(name, Township(name, dict.fromkeys(STATES, 0)))
        held.counts[state_of(one.plan)] += 1
        held.fen += one.plan.members_fen if one.plan else 0
    return list(found.values())


def _total(rows: list[Progress]) -> dict[str, int]:
    counts = dict.fromkeys(STATES, 0)
    for one in rows:
        counts[state_of(one.plan)] += 1
    return counts


@require_safe
@open_to(*READERS)
def export_over(request: HttpRequest) -> HttpResponse:
    """The same as a spreadsheet."""
    year, rows = _read(request)
    columns = [
        Column(Words("编码", "Code"), 22),
        Column(Words("组织", "Organisation"), 26),
        Column(Words("乡镇", "Township"), 12),
        Column(Words("可分配（元）", "To distribute"), 16),
        Column(Words("公积公益金（元）", "Reserve"), 16),
        Column(Words("集体股（元）", "Collective"), 16),
        Column(Words("成员（元）", "Members"), 16),
        Column(Words("进度", "State"), 18),
    ]
    return export_xlsx(request, "distributions", f"收益分配进度-{year}", columns, _tell(rows))


def _tell(rows: list[Progress]) -> Iterator[list[Value]]:
    for one in rows:
        plan = one.plan
        sums: list[Value] = ["", "", "", ""]
        if plan:
            sums = [
                to_yuan(fen)
                for fen in (plan.distributable_fen, plan.reserve_fen, plan.collective_fen, plan.members_fen)
            ]
        yield [
            one.organisation.code,
            one.organisation.called,
            one.organisation.township.short,
            *sums,
            _say(plan)[0],
        ]
