"""Takes in sheets of registers and counts: upload, preview row by row, confirmation."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from huiyin.economy.assets.api import (
    Draft,
    get_inventory,
)
from huiyin.economy.organisations.api import Organisation, demand, get_seen
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.pages.api import (
    UnreadableBook,
    number_pages,
    read_book,
    read_page,
    status_of_form,
    tell_cell,
    url,
)
from huiyin.people.api import get_account_of, open_to
from huiyin.villages.answering import go_to
from huiyin.villages.assets.drafts import apply_draft, draft_count, draft_registers, get_draft
from huiyin.villages.assets.rows import COUNT_COLUMNS, REGISTER_COLUMNS, match_headings
from huiyin.villages.frame import show_one

SIZE = 100
ACTS = {
    "wrong": ("red", Words("有误", "Wrong")),
    "add": ("green", Words("新增", "New")),
    "change": ("amber", Words("修改", "Changed")),
    "same": ("", Words("不变", "Same")),
}
Texts = list[tuple[int, Mapping[str, str]]]


@require_http_methods(["GET", "HEAD", "POST"])
@open_to("bookkeeper")
def import_assets(request: HttpRequest, code: str) -> HttpResponse:
    """A sheet of the registers: what each row would do is shown before anything is written."""
    by = get_account_of(request)
    one = get_seen(code, by)
    demand(by, one, "bookkeeper")

    def take(name: str, texts: Texts) -> Draft:
        return draft_registers(one, name, texts, by, timezone.now())

    return _upload(request, one, REGISTER_COLUMNS, take, {"back": url("villages:assets", one.code)})


@require_http_methods(["GET", "HEAD", "POST"])
@open_to("bookkeeper")
def import_count(request: HttpRequest, number: str) -> HttpResponse:
    """A sheet of what was counted."""
    by = get_account_of(request)
    inventory = get_inventory(number, by)
    demand(by, inventory.organisation, "bookkeeper")

    def take(name: str, texts: Texts) -> Draft:
        return draft_count(inventory, name, texts, by, timezone.now())

    more = {"inventory": inventory, "back": url("villages:inventory", inventory.case.number)}
    return _upload(request, inventory.organisation, COUNT_COLUMNS, take, more)


def _upload(
    request: HttpRequest,
    one: Organisation,
    columns: Mapping[str, Words],
    take: Callable[[str, Texts], Draft],
    more: Mapping[str, Any],
) -> HttpResponse:
    refusal = None
    if request.method == "POST":
        try:
            draft = take(*_read(request, columns))
            return go_to(url("villages:asset-draft", one.code, draft.pk), "")
        except Refusal as refused:
            refusal = refused
    context = {**more, "columns": columns, "error": refusal.words if refusal else ""}
    section = "inventories" if "inventory" in more else "assets"
    return show_one(request, "villages/assets/upload.html", context, one, section, status_of_form(refusal))


def _read(request: HttpRequest, columns: Mapping[str, Words]) -> tuple[str, Texts]:
    file = request.FILES.get("file")
    if file is None:
        raise Refusal("bad-file", Words("请选择文件。", "Choose a file."), field="file")
    try:
        rows = read_book(file)
        keys = match_headings([tell_cell(cell) for cell in next(rows, ())], columns)
        texts = [
            (line, _name(keys, [tell_cell(cell) for cell in cells])) for line, cells in enumerate(rows, 2)
        ]
    except UnreadableBook as error:
        raise Refusal("bad-file", error.words, field="file") from error
    return str(file.name), [(line, given) for line, given in texts if any(given.values())]


def _name(keys: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    return {key: cell for key, cell in zip(keys, cells, strict=False) if key}


@require_http_methods(["GET", "HEAD", "POST"])
@open_to("bookkeeper")
def preview(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """What the sheet would do, row by row; with POST it is written, or dropped."""
    by = get_account_of(request)
    one = get_seen(code, by)
    draft = get_draft(one, pk, by)
    inventory = draft.inventory
    back = url("villages:inventory", inventory.case.number) if inventory else url("villages:assets", one.code)
    refusal = None
    if request.method == "POST":
        if request.POST.get("do") == "drop":
            draft.delete()
            return go_to(back, "dropped")
        try:
            apply_draft(draft, request.POST.get("reason", ""), by, timezone.now())
            return go_to(back, "imported")
        except Refusal as refused:
            refusal = refused
    return _show(request, one, draft, back, refusal)


def _show(
    request: HttpRequest, one: Organisation, draft: Draft, back: str, refusal: Refusal | None
) -> HttpResponse:
    rows = sorted(
        (row for row in draft.rows if row["act"] != "same"),
        key=lambda row: (row["act"] != "wrong", row["line"]),
    )
    page = read_page(request.GET.dict(), max(1, -(-len(rows) // SIZE)))
    context = {
        "draft": draft,
        "rows": [{**row, "told": Words(*row["words"])} for row in rows[(page - 1) * SIZE : page * SIZE]],
        "counts": {act: sum(row["act"] == act for row in draft.rows) for act in ACTS},
        "acts": ACTS,
        "titles": REGISTER_COLUMNS,
        "back": back,
        "again": url("villages:import-count", draft.inventory.case.number)
        if draft.inventory
        else url("villages:import-assets", one.code),
        "reason": request.POST.get("reason", ""),
        "refusal": refusal,
        "errors": {refusal.field: refusal.words} if refusal else {},
        "paging": number_pages(request.GET.dict(), len(rows), SIZE),
    }
    section = "inventories" if draft.inventory else "assets"
    return show_one(request, "villages/assets/preview.html", context, one, section, status_of_form(refusal))
