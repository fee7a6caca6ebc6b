"""What people made of the suggestions, one by one: accepted, corrected, gone by itself."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from huiyin.console.dispatching.opening import READS, make_tabs
from huiyin.console.exporting import export_xlsx
from huiyin.console.frame import show
from huiyin.kernel.words import Words
from huiyin.pages.api import Column, Value, number_pages, read_page
from huiyin.people.api import open_to
from huiyin.triage.api import OUTCOMES, Prediction, count_outcomes, count_whole, list_outcomes

CURRENT = "console:triage-outcomes"
SIZE = 50
MOST = 20_000
"""The newest rows that one file holds."""
LOOKS = {"accepted": ("green", "dot"), "corrected": ("amber", "half"), "auto": ("violet", "square")}


@require_safe
@open_to(*READS)
def show_outcomes(request: HttpRequest) -> HttpResponse:
    """The list, the newest decision first; by outcome if asked."""
    outcome = _read_outcome(request)
    page, total = read_page(request.GET.dict()), count_outcomes(outcome)
    context = {
        "tabs": make_tabs(CURRENT),
        "rows": list_outcomes(outcome, SIZE, (page - 1) * SIZE),
        "total": total,
        "paging": number_pages(request.GET.dict(), total, SIZE),
        "outcome": outcome,
        "outcomes": OUTCOMES,
        "looks": LOOKS,
        "whole": count_whole(timezone.now()),
    }
    return show(request, "console/dispatching/outcomes.html", context, "console:triage")


def _read_outcome(request: HttpRequest) -> str:
    asked = request.GET.get("outcome", "")
    return asked if asked in OUTCOMES else ""


@require_safe
@open_to(*READS)
def export(request: HttpRequest) -> HttpResponse:
    """The same list as a spreadsheet, the newest `MOST`."""
    rows = list_outcomes(_read_outcome(request), MOST)
    return export_xlsx(request, "suggestions", "派单建议采纳与改正", _COLUMNS, map(_tell, rows))


_COLUMNS = (
    Column(Words("工单", "Case"), 20),
    Column(Words("标题", "Title"), 36),
    Column(Words("建议类别", "Suggested category"), 18),
    Column(Words("建议单位", "Suggested unit"), 18),
    Column(Words("把握（‰）", "How sure (‰)"), 10),
    Column(Words("模型版本", "Version"), 10),
    Column(Words("结果", "Outcome"), 10),
    Column(Words("实际类别", "Category chosen"), 18),
    Column(Words("实际单位", "Unit chosen"), 18),
    Column(Words("谁", "By"), 20),
    Column(Words("时间", "At"), 18),
)


def _tell(one: Prediction) -> tuple[Value, ...]:
    return (
        one.case.number, one.case.title, one.category.called if one.category else "",
        one.unit.short if one.unit else "", one.per_mille, one.version.number,
        OUTCOMES.get(one.outcome, Words(one.outcome)),
        one.chosen_category.called if one.chosen_category else "",
        one.chosen_unit.short if one.chosen_unit else "", one.decided_by, one.decided_at,
    )  # fmt: skip
