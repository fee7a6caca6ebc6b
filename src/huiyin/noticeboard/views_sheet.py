"""One posting, line by line: totals, corrections, what was asked, and how to see that nothing was altered."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from huiyin.economy.postings.api import (
    ASKED,
    KINDS,
    Column,
    Sheet,
    ShownLine,
    get_posting,
    list_columns,
    list_first,
    read_sheet,
    write_cells,
    write_sheet,
)
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.noticeboard.frame import show
from huiyin.pages.api import number_pages, read_page
from huiyin.people.api import EVERYONE, open_to

PAGE = 30
DONE = {
    "asked": Words("收到了，答复会公开写在下面。", "Received; the answer will stand below."),
}


@open_to(EVERYONE)
@require_safe
def show_posting(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet, a page of lines at a time; `q` finds lines, `line` leads to the page of one."""
    posting = get_posting(pk)
    sheet, query = read_sheet(posting), request.GET.dict()
    columns = list_columns(posting.columns)
    wanted = clean(query.get("q", ""))[:40]
    lines = [line for line in sheet.lines if _holds(line, wanted)] if wanted else sheet.lines
    page = read_page(query, max(1, -(-len(lines) // PAGE)))
    today = timezone.localdate()
    context = {
        "posting": posting,
        "organisation": posting.organisation,
        "kind": KINDS.get(posting.kind),
        "sheet": sheet,
        "shown": [(line, *_cut(line, columns)) for line in lines[(page - 1) * PAGE : page * PAGE]],
        "count": len(lines),
        "wanted": wanted,
        "totals": [(column, sheet.totals[column.key]) for column in columns if column.key in sheet.totals],
        "paging": number_pages(query, len(lines), PAGE),
        "many": len(sheet.lines) > PAGE,
        "days_left": (posting.until_on - today).days,
        "asked": ASKED,
        "waiting": _count_waiting(sheet),
    }
    return show(request, "noticeboard/posting.html", context)


def _holds(line: ShownLine, wanted: str) -> bool:
    return any(isinstance(value, str) and wanted in value for value in line.now.cells.values())


def _cut(line: ShownLine, columns: list[Column]) -> tuple[str, list[tuple[Column, str]], list[object]]:
    """Its heading, its other cells as they are written, and what it said before."""
    head, cells = write_cells(columns, line.now.cells)
    before = [(row, *write_cells(columns, row.cells)) for row in line.before]
    return head, cells, list(before)


def _count_waiting(sheet: Sheet) -> int:
    asked = [*sheet.questions, *(one for line in sheet.lines for one in line.questions)]
    return sum(
        one.answered_at is None or any(more.answered_at is None for more in one.follow_ups.all())
        for one in asked
    )


@open_to(EVERYONE)
@require_safe
def send_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The very bytes that the digest was made of: `sha256sum` of the file is the digest of the sheet."""
    del request
    posting = get_posting(pk)
    content = write_sheet(posting.title, posting.columns, list_first(posting))
    answer = HttpResponse(content, content_type="application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="posting-{posting.pk}.json"'
    return answer
