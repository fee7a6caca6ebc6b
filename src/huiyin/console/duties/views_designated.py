"""What the centre has designated off the list, each with its reason: for the centre and its watchers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from huiyin.cases.api import Designated, count_designated, list_designated
from huiyin.console.duties.asking import list_unit_choices, read_day
from huiyin.console.exporting import export_xlsx
from huiyin.console.frame import acting_of, show
from huiyin.kernel.texts import read_number
from huiyin.kernel.words import Words
from huiyin.pages.api import Column, Value, address, number_pages, read_page
from huiyin.people.api import open_to

CURRENT = "console:designated"
WATCHERS = ("centre", "dispatcher", "supervisor", "leader", "auditor")
SIZE = 50
MONTHS = timedelta(days=90)
COLUMNS = [
    Column(Words(zh, en), width)
    for zh, en, width in (
        ("指定时间", "Designated", 18),
        ("工单", "Case", 18),
        ("标题", "Title", 40),
        ("类别", "Category", 18),
        ("指定单位", "Unit", 18),
        ("理由", "Reason", 40),
        ("指定人", "By", 22),
        ("办结时间", "Closed", 18),
    )
]


@require_safe
@open_to(*WATCHERS)
def designated(request: HttpRequest) -> HttpResponse:
    """The designations of a span of days, newest first."""
    acting_of(request)
    since, until, unit_id = _read(request)
    total = count_designated(since, until, unit_id)
    page = read_page(request.GET.dict(), max(1, -(-total // SIZE)))
    parts = {"since": since.isoformat(), "until": until.isoformat(), "unit": str(unit_id or "")}
    context = {
        "lines": list_designated(since, until, unit_id, (page - 1) * SIZE, SIZE),
        "since": since,
        "until": until,
        "unit": unit_id,
        "units": list_unit_choices(),
        "total": total,
        "query": address(parts),
        "paging": number_pages({**parts, "page": str(page)}, total, SIZE),
    }
    return show(request, "console/duties/designated.html", context, CURRENT)


@require_safe
@open_to(*WATCHERS)
def export_designated(request: HttpRequest) -> HttpResponse:
    """The same as a spreadsheet."""
    acting_of(request)
    since, until, unit_id = _read(request)
    rows = _tell(list_designated(since, until, unit_id, 0, 20_000))
    return export_xlsx(request, "designated", f"指定办理 {since}—{until}", COLUMNS, rows)


def _tell(lines: Iterable[Designated]) -> Iterator[list[Value]]:
    return (
        [
            line.at,
            line.number,
            line.title,
            line.category,
            line.unit,
            line.reason,
            line.actor,
            line.closed_at,
        ]
        for line in lines
    )


def _read(request: HttpRequest) -> tuple[date, date, int | None]:
    today = timezone.localdate()
    until = read_day(request.GET.get("until", "")) or today
    since = read_day(request.GET.get("since", "")) or until - MONTHS
    return min(since, until), until, read_number(request.GET.get("unit", "")) or None
