"""The postings of one organisation: its months, what hangs, one sheet, and correcting a line of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.economy.organisations.api import Organisation, get_seen, may
from huiyin.economy.postings.api import (
    ASKED,
    BOOKS,
    KINDS,
    Posting,
    PostingLine,
    correct_line,
    list_asked,
    list_columns,
    list_months,
    list_postings,
    read_sheet,
)
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.pages.api import number_pages, read_page, status_of_form, url
from huiyin.people.api import get_account_of, open_to
from huiyin.villages.frame import show_one
from huiyin.villages.postings.cells import read_cells, type_cells
from huiyin.villages.postings.saying import STATES, say_left
from huiyin.villages.values import READERS

MONTHS, PAGE, LINES = 6, 30, 100
DONE = {
    "put-up": Words("已张榜公示，村民现在就能看到。", "It hangs now: villagers can read it."),
    "corrected": Words("已更正，原来的内容和理由一并公示。", "Corrected; the old line and why stand too."),
}


@require_safe
@open_to(*READERS)
def own_postings(request: HttpRequest, code: str) -> HttpResponse:
    """Which months hang, which are due; what is asked; everything that was ever put up."""
    one, account = get_seen(code, get_account_of(request)), get_account_of(request)
    found, now = list_postings(one.pk), timezone.now()
    count = found.count()
    page = read_page(request.GET.dict(), max(1, -(-count // PAGE)))
    context = {
        "months": list_months([one], timezone.localdate(), MONTHS)[one.pk],
        "states": STATES,
        "questions": [(own, say_left(own, now)) for own in list_asked([one.pk], waiting=True)],
        "asked": ASKED,
        "rows": found[(page - 1) * PAGE : page * PAGE],
        "kinds": KINDS,
        "today": timezone.localdate(),
        "puts_up": may(account, one, "director"),
        "paging": number_pages(request.GET.dict(), count, PAGE),
    }
    return show_one(request, "villages/postings/own.html", context, one, "postings", done=DONE)


@require_safe
@open_to(*READERS)
def posting(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One sheet, line by line; the director corrects a line from here."""
    account = get_account_of(request)
    one = get_seen(code, account)
    sheet = read_sheet(_get_posting(one, pk))
    page = read_page(request.GET.dict(), max(1, -(-len(sheet.lines) // LINES)))
    context = {
        "sheet": sheet,
        "posting": sheet.posting,
        "columns": list_columns(sheet.posting.columns),
        "lines": sheet.lines[(page - 1) * LINES : page * LINES],
        "paging": number_pages(request.GET.dict(), len(sheet.lines), LINES),
        "corrects": may(account, one, "director"),
        "kinds": KINDS,
        "asked": ASKED,
    }
    return show_one(request, "villages/postings/posting.html", context, one, "postings", done=DONE)


def _get_posting(one: Organisation, pk: int) -> Posting:
    found = Posting.objects.select_related("organisation").filter(organisation=one, pk=pk).first()
    if found is None:
        raise Refusal("posting-not-found", Words("没有这张公示。", "There is no such posting."))
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@open_to("director")
def correct(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Hang the right line beside a wrong one, with the reason."""
    account = get_account_of(request)
    one = get_seen(code, account)
    line = PostingLine.objects.select_related("posting").filter(posting__organisation=one, pk=pk).first()
    if line is None:
        raise Refusal("line-not-found", Words("没有这一行。", "There is no such line."))
    if request.method != "POST":
        return _show_correct(request, one, line, type_cells(line), "")
    typed = {key: clean(request.POST.get(key, ""))[:400] for key in type_cells(line)}
    reason = clean(request.POST.get("reason", ""))[:400]
    try:
        correct_line(line.pk, read_cells(line, typed), reason, account, timezone.now())
    except Refusal as refusal:
        return _show_correct(request, one, line, typed, reason, refusal)
    address = url("villages:posting", one.code, line.posting_id)
    return HttpResponseRedirect(f"{address}?done=corrected#line-{line.at}", status=303)


def _show_correct(
    request: HttpRequest,
    one: Organisation,
    line: PostingLine,
    typed: dict[str, str],
    reason: str,
    refusal: Refusal | None = None,
) -> HttpResponse:
    context = {
        "line": line,
        "posting": line.posting,
        "columns": list_columns(line.posting.columns),
        "typed": typed,
        "reason": reason,
        "errors": {refusal.field: refusal.words} if refusal else {},
        "rule": refusal.rule if refusal else "",
        "books": line.posting.kind == BOOKS,
    }
    status = status_of_form(refusal)
    return show_one(request, "villages/postings/correct.html", context, one, "postings", status)
