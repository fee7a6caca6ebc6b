"""Vouchers from Excel: uploaded, shown with the faults of each row, then all imported or none."""

from __future__ import annotations

from typing import IO, cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from huiyin.economy.books.api import VoucherSheet, get_sheet, keep_sheet, map_titles, write_sheet
from huiyin.economy.organisations.api import Organisation, get_seen
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.pages.api import SMALL, UnreadableBook, read_book, tell_cell
from huiyin.people.api import get_account_of, open_to
from huiyin.villages.answering import go_to
from huiyin.villages.books.frame import show_books

SHOWN = 200


@require_http_methods(["GET", "HEAD", "POST"])
@open_to("bookkeeper")
def upload(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for a file; one that can be read is kept and shown, and nothing is written yet."""
    organisation = get_seen(code, get_account_of(request))
    if request.method != "POST":
        return show_books(request, "villages/books/upload.html", {"error": ""}, organisation, "vouchers")
    try:
        sheet = _take(request, organisation)
    except Refusal as refusal:
        given = {"error": refusal.words}
        return show_books(request, "villages/books/upload.html", given, organisation, "vouchers", refusal)
    return _lead(reverse("villages:book-sheet", args=[code, sheet.pk]))


def _lead(place: str) -> HttpResponse:
    answer = HttpResponseRedirect(place)
    answer.status_code = 303
    return answer


def _take(request: HttpRequest, organisation: Organisation) -> VoucherSheet:
    file = request.FILES.get("file")
    if file is None:
        raise Refusal("bad-file", Words("请选择文件。", "Choose a file."), field="file")
    try:
        cells = [[tell_cell(cell) for cell in row] for row in read_book(cast("IO[bytes]", file), SMALL)]
    except UnreadableBook as error:
        raise Refusal("bad-file", error.words, field="file") from error
    return keep_sheet(organisation, str(file.name), cells, get_account_of(request), timezone.now())


@require_http_methods(["GET", "HEAD", "POST"])
@open_to("bookkeeper")
def preview(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """What the file would do, and the faults of its rows; with POST it is done."""
    account = get_account_of(request)
    organisation = get_seen(code, account)
    sheet = get_sheet(pk, organisation, account)
    if request.method != "POST":
        return _show(request, organisation, sheet)
    try:
        written = write_sheet(pk, organisation, account, timezone.now())
    except Refusal as refusal:
        return _show(request, organisation, sheet, refusal)
    if written.state == "applying":
        return _lead(reverse("villages:book-sheet", args=[code, pk]))
    return go_to(reverse("villages:book-drafts", args=[code]) + "?state=review", "imported")


def _show(
    request: HttpRequest, organisation: Organisation, sheet: VoucherSheet, refusal: Refusal | None = None
) -> HttpResponse:
    context = {
        "sheet": sheet,
        "faults": [(line, Words(zh, en)) for line, zh, en in sheet.faults[:SHOWN]],
        "vouchers": [
            (one, sum(fen for _, fen, _ in one["lines"] if fen > 0)) for one in sheet.vouchers[:SHOWN]
        ],
        "titles": map_titles(organisation),
        "shown": SHOWN,
    }
    return show_books(request, "villages/books/sheet.html", context, organisation, "vouchers", refusal)
