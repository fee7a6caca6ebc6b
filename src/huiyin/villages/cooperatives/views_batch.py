"""Many rows at once: pasted or uploaded, shown row by row with what is wrong, then written as a whole."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from huiyin.console.api import export_xlsx
from huiyin.economy.organisations.api import Organisation, demand
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.pages.api import Bounds, Column, UnreadableBook, read_book, tell_cell, url
from huiyin.people.api import get_account_of, open_to
from huiyin.villages.cooperatives.batches import BATCHES, Batch, Line, read_lines, try_lines
from huiyin.villages.cooperatives.frame import get_cooperative, show_part

MOST = 5_000
BOUNDS = Bounds(rows=MOST, columns=20, cell=400)
SHOWN = 200


@dataclass(frozen=True, slots=True)
class Preview:
    """What the rows would do: all of them, those that are wrong, what forbids the whole."""

    text: str
    lines: list[Line]
    wrong: int
    refusal: Refusal | None = None


@require_http_methods(["GET", "HEAD", "POST"])
@open_to("bookkeeper", "director", "cashier")
def batch(request: HttpRequest, code: str, part: str) -> HttpResponse:
    """The page of one kind of rows."""
    organisation = get_cooperative(request, code)
    kind = BATCHES.get(part)
    if kind is None:
        words = Words("没有这种批量登记。", "There is no such batch.")
        raise Refusal("batch-not-found", words)
    if request.GET.get("sheet"):
        columns = [Column(title, 18) for title in kind.columns]
        return export_xlsx(request, f"template:{part}", kind.title.zh, columns, [kind.example.split("\t")])
    if request.method != "POST":
        return _show(request, organisation, part, kind)
    account = get_account_of(request)
    try:
        demand(account, organisation, *kind.roles)
        preview = _read(request, organisation, kind)
    except Refusal as refusal:
        return _show(request, organisation, part, kind, refusal=refusal)
    if request.POST.get("do") != "write" or preview.wrong or preview.refusal:
        return _show(request, organisation, part, kind, preview, preview.refusal)
    try:
        kind.write(organisation, [line.new for line in preview.lines], account, timezone.now())
    except Refusal as refusal:
        return _show(request, organisation, part, kind, preview, refusal)
    return HttpResponseRedirect(url(kind.back, organisation.code) + "?done=entered", status=303)


def _read(request: HttpRequest, organisation: Organisation, kind: Batch) -> Preview:
    rows = _read_rows(request)
    if not rows:
        words = Words("请粘贴几行，或选择 Excel 文件。", "Paste some rows, or choose a workbook.")
        raise Refusal("rows-missing", words, field="rows")
    if len(rows) > MOST:
        words = Words("一次最多 {most} 行。", "At most {most} rows at once.").fill(most=MOST)
        raise Refusal("too-many-rows", words, field="rows")
    now = timezone.now()
    lines = read_lines(kind, organisation, rows, now)
    wrong = sum(line.refusal is not None for line in lines)
    text = "\n".join("\t".join(line.cells) for line in lines)
    forbids = None if wrong else try_lines(kind, organisation, lines, get_account_of(request), now)
    return Preview(text, lines, wrong, forbids)


def _read_rows(request: HttpRequest) -> list[list[str]]:
    file = request.FILES.get("file")
    if file is None:
        text = request.POST.get("rows", "")
        return [[clean(cell) for cell in line.split("\t")] for line in text.splitlines() if line.strip()]
    try:
        rows = [
            [clean(tell_cell(cell)).replace("\n", " ") for cell in row] for row in read_book(file, BOUNDS)
        ]
    except UnreadableBook as error:
        raise Refusal("unreadable-book", error.words, field="file") from None
    return [[cell.replace("\t", " ") for cell in row] for row in rows if any(row)]


def _show(
    request: HttpRequest,
    organisation: Organisation,
    part: str,
    kind: Batch,
    preview: Preview | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    typed = request.POST.get("rows", "") if request.method == "POST" else ""
    wrong_first = sorted(preview.lines, key=lambda line: line.refusal is None) if preview else []
    context = {
        "batch": kind,
        "part": part,
        "preview": preview,
        "lines": wrong_first[:SHOWN],
        "text": preview.text if preview else typed,
        "ready": preview is not None and not preview.wrong and refusal is None,
        "back": url(kind.back, organisation.code),
    }
    current = {"contributions": "contributions", "payments": "benefits"}.get(part, "members")
    return show_part(request, "batch.html", context, organisation, current, refusal)
