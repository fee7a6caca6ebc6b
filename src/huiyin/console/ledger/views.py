"""The ledger's pages: five views over one question, on screen, on paper and as a spreadsheet."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from huiyin.cases.api import (
    Acting,
    CaseRow,
    count_cases,
    iterate_cases,
    ledger_by_step,
    list_cases,
    list_newest,
)
from huiyin.console.exporting import export_xlsx
from huiyin.console.frame import acting_of, show
from huiyin.console.ledger.asking import Asked, read_asked
from huiyin.console.ledger.balance import make_balances
from huiyin.console.ledger.sheets import Sheet, as_plain
from huiyin.console.ledger.tables import VIEWS, make_rates
from huiyin.console.menu import LOOKS_ON
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.pages.api import Column, Tab, number_pages, read_page
from huiyin.people.api import list_units, open_to
from huiyin.register.api import list_channels

FIRST_VIEW = "take"
ON_A_PAGE = 30
MOST_EXPORTED = 20_000
BAR_TABLES = ("take", "sort")


@open_to(*sorted(LOOKS_ON))
@require_safe
def ledger(request: HttpRequest, view: str = FIRST_VIEW) -> HttpResponse:
    """One view of the ledger over what the address asks; `?export=sheet` or `list` answers a spreadsheet."""
    acting, now = acting_of(request), timezone.now()
    if view not in VIEWS:
        raise Refusal("view-not-found", Words("没有这种账。", "There is no such view of the ledger."))
    asked = read_asked(request.GET.dict(), timezone.localdate(now))
    title, sentence, make = VIEWS[view]
    if request.GET.get("export") == "list":
        return _export_list(request, asked, acting, now)
    sheets = make(asked, acting, now)
    if request.GET.get("export"):
        return _export_sheet(request, view, asked, sheets[0])
    context = {
        "view": view,
        "title": title,
        "sentence": sentence,
        "asked": asked,
        "sheets": sheets,
        "bars": _make_bars(sheets[0]) if view in BAR_TABLES else [],
        "tabs": [_make_tab(key, asked, view) for key in VIEWS],
        **_list_choices(),
        **_make_extra(request, view, asked, acting, now),
    }
    return show(request, "console/ledger/ledger.html", context, "console:ledger")


def _make_tab(key: str, asked: Asked, view: str) -> Tab:
    return Tab(VIEWS[key][0], reverse("console:ledger", args=[key]) + asked.address(), current=key == view)


def _list_choices() -> dict[str, Any]:
    return {
        "channels": [(one.key, one.called) for one in list_channels()],
        "processes": [(one.key, one.title) for one in list_newest()],
        "units": [(str(unit.pk), Words(unit.short, unit.name_en)) for unit in list_units()],
    }


def _make_extra(
    request: HttpRequest, view: str, asked: Asked, acting: Acting, now: datetime
) -> dict[str, Any]:
    if view == "take":
        total = count_cases(asked.filters, acting, now)
        pages = number_pages({**asked.query, "page": request.GET.get("page", "1")}, total, ON_A_PAGE)
        page = read_page(request.GET.dict(), max(1, -(-total // ON_A_PAGE)))
        rows = list_cases(asked.filters, acting, now, ON_A_PAGE, (page - 1) * ON_A_PAGE)
        return {"cases": rows, "paging": pages}
    if view == "sort":
        return {"steps": ledger_by_step(asked.scope, acting, now) if asked.process else []}
    if view == "check":
        return {"balances": make_balances(asked.scope, acting, now)}
    if view == "count":
        return {"rates": make_rates(asked, acting, now)}
    return {}


def _make_bars(sheet: Sheet) -> list[tuple[Any, int, int]]:
    """The first number of each row as a bar, against the longest."""
    counts = [(row[0], row[1]) for row in sheet.rows if isinstance(row[1], int)]
    longest = max((count for _, count in counts), default=0) or 1
    return [(getattr(name, "title", name), count, count * 1000 // longest) for name, count in counts]


def _export_sheet(request: HttpRequest, view: str, asked: Asked, sheet: Sheet) -> HttpResponse:
    columns = [Column(heading.title, 12 if heading.number else 22) for heading in sheet.headings]
    lines = [*sheet.rows, *([sheet.total] if sheet.total else [])]
    rows = ([as_plain(cell) for cell in line] for line in lines)
    return export_xlsx(request, f"ledger-{view}", _name_file(VIEWS[view][0], asked), columns, rows)


def _export_list(request: HttpRequest, asked: Asked, acting: Acting, now: datetime) -> HttpResponse:
    columns = [
        Column(Words(zh, en), width)
        for zh, en, width in (
            ("编号", "Number", 18), ("标题", "Title", 44), ("渠道", "Channel", 14), ("类别", "Category", 16),
            ("乡镇街道", "Township", 14), ("承办单位", "Unit", 16), ("状态", "Stage", 14),
            ("登记时间", "Opened", 18), ("时限", "Due", 18), ("办结时间", "Closed", 18),
            ("并入", "Merged into", 18), ("轮次", "Round", 8),
        )
    ]  # fmt: skip
    rows = (_as_line(row) for row in iterate_cases(asked.filters, acting, now, MOST_EXPORTED))
    return export_xlsx(request, "ledger-list", _name_file(VIEWS["take"][0], asked), columns, rows)


def _as_line(row: CaseRow) -> list[Any]:
    return [
        row.number,
        row.title,
        Words(row.channel, row.channel_en),
        Words(row.category or "", row.category_en or ""),
        Words(row.township or "", row.township_en or ""),
        Words(row.lead or "", row.lead_en or ""),
        row.stage_title,
        row.opened_at,
        row.due_at,
        row.closed_at,
        row.group_number,
        row.round,
    ]


def _name_file(title: Words, asked: Asked) -> str:
    return f"{title.tell(get_language() or 'zh')} {asked.since}—{asked.until}"
