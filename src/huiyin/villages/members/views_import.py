"""Taking a roster in from a sheet: the template, the preview with every error by row, the confirmation."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.console.api import export_xlsx
from huiyin.economy.members.api import Checked, RosterRow, check_rows, take_roster
from huiyin.economy.organisations.api import Organisation, get_seen
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.pages.api import status_of_form
from huiyin.people.api import get_account_of, open_to
from huiyin.villages.answering import go, tell_errors
from huiyin.villages.frame import show_one
from huiyin.villages.members.sheets import COLUMNS, MOST, pack_rows, read_roster, unpack_rows

TAKERS = ("bookkeeper", "director", "rural")
SHOWN = 200


@require_safe
@open_to(*TAKERS)
def roster_template(request: HttpRequest, code: str) -> HttpResponse:
    """An empty sheet with the headings."""
    get_seen(code, get_account_of(request))
    return export_xlsx(request, "roster-template", "成员名册模板", COLUMNS, [])


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*TAKERS)
def import_roster(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for a file, show what becomes of each row, and take all of them in once that is confirmed."""
    account = get_account_of(request)
    one = get_seen(code, account)
    if request.method != "POST":
        return _show(request, one)
    try:
        if request.POST.get("do") == "take":
            take_roster(one, unpack_rows(request.POST.get("rows", "")), account, timezone.now())
            return go("taken", "members", code)
        rows = _read(request)
        return _show(request, one, rows, check_rows(one, rows, account))
    except Refusal as refusal:
        return _show(request, one, refusal=refusal)


def _read(request: HttpRequest) -> list[RosterRow]:
    file = request.FILES.get("file")
    if file is None:
        raise Refusal("bad-file", Words("请选择文件。", "Choose a file."), field="file")
    return read_roster(file)


def _show(
    request: HttpRequest,
    one: Organisation,
    rows: list[RosterRow] | None = None,
    checked: list[Checked] | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    wrong = [line for line in checked or [] if line.refusal is not None]
    good = [line for line in checked or [] if line.refusal is None]
    context = {
        "checked": checked,
        "wrong": wrong,
        "lines": [*wrong, *good][:SHOWN],
        "good": len(good),
        "packed": pack_rows(rows) if rows and not wrong else "",
        "errors": tell_errors(refusal),
        "most": MOST,
    }
    status = status_of_form(refusal)
    return show_one(request, "villages/members/import.html", context, one, "members", status)
