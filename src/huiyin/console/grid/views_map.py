"""The map of cells with its table, and the same as a spreadsheet and as GeoJSON."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from huiyin.console.exporting import export_xlsx, note_export
from huiyin.console.frame import show
from huiyin.console.grid.board import Asked, lead_to, make_board
from huiyin.console.grid.colouring import SHOWS, count_cell, list_legend
from huiyin.grid.api import list_cells, write_collection
from huiyin.kernel.texts import read_number
from huiyin.kernel.words import Words
from huiyin.pages.api import Column, Tab, address
from huiyin.people.api import get_account_of, open_to
from huiyin.placing.api import count_cell_cases

CURRENT = "console:grid"


def read_asked(request: HttpRequest) -> Asked:
    """What the address asks for; anything unknown is left out."""
    wanted = request.GET.get("show", "")
    return Asked(
        township=read_number(request.GET.get("township", ""), 9),
        show=wanted if wanted in SHOWS else "open",
        q=request.GET.get("q", "").strip()[:60],
    )


@require_safe
@open_to("staff")
def show_map(request: HttpRequest) -> HttpResponse:
    """The county by township or one township by cell, coloured by what is open, late or without anybody."""
    asked = read_asked(request)
    board = make_board(asked, timezone.now())
    counts = {"open": board.scope.open, "overdue": board.scope.overdue, "vacant": board.scope.vacant}
    context = {
        "asked": asked,
        "board": board,
        "tabs": [
            Tab(
                title,
                lead_to(Asked(show=key), asked.township),
                counts[key],
                key == asked.show,
                key == "overdue",
            )
            for key, title in SHOWS.items()
        ],
        "legend": list_legend(asked.show),
        "back": lead_to(asked, None),
        "links": {one.id: lead_to(asked, one.id) for one in board.townships},
        "keeps": "admin" in get_account_of(request).roles,
        "query": address({"township": str(asked.township or "")}),
    }
    return show(request, "console/grid/map.html", context, CURRENT)


COLUMNS = (
    Column(Words("代码", "Code"), 20),
    Column(Words("网格", "Cell"), 24),
    Column(Words("村社区", "Village"), 18),
    Column(Words("乡镇街道", "Township"), 18),
    Column(Words("今天在岗", "On duty today"), 14),
    Column(Words("电话", "Phone"), 16),
    Column(Words("其他人", "Others"), 24),
    Column(Words("户数", "Households"), 10),
    Column(Words("人数", "People"), 10),
    Column(Words("在办", "Open"), 8),
    Column(Words("超时", "Overdue"), 8),
    Column(Words("有图形", "Drawn"), 8),
)


@require_safe
@open_to("staff")
def download_sheet(request: HttpRequest) -> HttpResponse:
    """Every cell, or those of a township, with who is on duty; phones of persons are masked."""
    now, asked = timezone.now(), read_asked(request)
    counts = count_cell_cases(now)
    rows = []
    for cell in list_cells(timezone.localdate(now), asked.township):
        row, acting, tally = cell.row, cell.acting, count_cell(cell, counts)
        others = "、".join(one.name for one in cell.holders if one is not acting)
        rows.append(
            [
                row.code, row.name, row.village_name, row.township_name, acting.name if acting else "",
                acting.phone if acting else "", others, row.households, row.people, tally.open, tally.overdue,
                "是" if row.drawn else "否",
            ]
        )  # fmt: skip
    name = Words("网格", "cells").tell(get_language() or "zh")
    return export_xlsx(request, "grid", name, COLUMNS, rows)


@require_safe
@open_to("staff")
def download_shapes(request: HttpRequest) -> HttpResponse:
    """Every drawn cell as GeoJSON (WGS-84); phones of persons are masked."""
    content = write_collection(timezone.localdate())
    answer = HttpResponse(content, content_type="application/geo+json")
    answer.headers["Content-Disposition"] = 'attachment; filename="cells.geojson"'
    note_export(request, "grid-shapes", "cells.geojson", content.count(b'"type":"Feature",'))
    return answer
