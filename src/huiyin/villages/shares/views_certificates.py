"""Certificates: issued, replaced when lost, printed one by one or all together."""

from __future__ import annotations

from urllib.parse import quote

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from procrastinate.contrib.django import app

from huiyin.economy.organisations.api import get_seen, may
from huiyin.economy.shares.api import (
    AT_ONCE,
    ISSUERS,
    Certificate,
    Printing,
    ShareBook,
    ask_printing,
    get_certificate,
    issue_certificates,
    list_outdated,
    open_files,
    print_now,
    replace_lost,
)
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import read_number
from huiyin.kernel.words import Words
from huiyin.pages.api import number_pages, read_page, status_of_form, url
from huiyin.people.api import get_account_of, open_to
from huiyin.villages.answering import go_to
from huiyin.villages.frame import show_one
from huiyin.villages.shares.asking import DONE, demand_book, read_place
from huiyin.villages.values import READERS

PAGE = 50
STATES: dict[str, tuple[Words, str, str]] = {
    "valid": (Words("有效", "Valid"), "green", "dot"),
    "replaced": (Words("已换发", "Replaced"), "grey", "ring"),
    "lost": (Words("已挂失", "Lost"), "amber", "triangle"),
}


@require_safe
@open_to(*READERS)
def certificates(request: HttpRequest, code: str) -> HttpResponse:
    """Every certificate that was issued, newest first; how many households wait for one; what was printed."""
    organisation, found = read_place(request, code)
    held = demand_book(found)
    wanted = request.GET.get("q", "").strip()[:40]
    rows = find_certificates(held, wanted)
    count = rows.count()
    page = read_page(request.GET.dict(), max(1, -(-count // PAGE)))
    context = {
        "book": held,
        "rows": rows[(page - 1) * PAGE : page * PAGE],
        "states": STATES,
        "wanted": wanted,
        "count": count,
        "paging": number_pages(request.GET.dict(), count, PAGE),
        "outdated": len(list_outdated(held)),
        "valid": Certificate.objects.filter(book=held, state="valid").count(),
        "printings": held.printings.select_related("asked_by").order_by("-id")[:10],
        "issues": may(get_account_of(request), organisation, *ISSUERS),
    }
    return show_one(request, "villages/shares/certificates.html", context, organisation, "shares", done=DONE)


def find_certificates(held: ShareBook, wanted: str) -> QuerySet[Certificate]:
    """The certificates of a book, or those of that number or household."""
    rows = Certificate.objects.filter(book=held).select_related("household", "follows", "issued_by")
    if wanted:
        rows = rows.filter(number__icontains=wanted) | rows.filter(household__number=read_number(wanted) or 0)
    return rows.order_by("-id")


@require_POST
@open_to(*ISSUERS)
def issue(request: HttpRequest, code: str) -> HttpResponse:
    """Issue to every household that has none or one that is not true any more; or to one household."""
    organisation, found = read_place(request, code)
    demand_book(found)
    household = read_number(request.POST.get("household", ""))
    ids = [household] if household else None
    made = issue_certificates(organisation, ids, get_account_of(request), timezone.now())
    place = (
        url("villages:share-household", code, household) if household else url("villages:certificates", code)
    )
    return go_to(place, "issued" if made else "none-issued")


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*READERS)
def certificate(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One certificate: what it says; the form that replaces a lost one."""
    organisation, one = get_seen(code, get_account_of(request)), get_certificate(pk)
    if one.book.organisation_id != organisation.pk:
        raise Refusal("certificate-not-found", Words("没有这本股权证。", "There is no such certificate."))
    refusal = None
    if request.method == "POST":
        try:
            fresh = replace_lost(
                one.pk, request.POST.get("reason", ""), get_account_of(request), timezone.now()
            )
            return go_to(url("villages:certificate", code, fresh.pk), "replaced")
        except Refusal as refused:
            refusal = refused
    members = one.book.organisation.members.filter(pk__in=[int(key) for key in one.units]).order_by("number")
    context = {
        "certificate": one,
        "state": STATES[one.state],
        "lines": [(member, one.units[str(member.pk)]) for member in members],
        "total": sum(one.units.values()),
        "followed_by": Certificate.objects.filter(follows=one).first(),
        "issues": may(get_account_of(request), organisation, *ISSUERS),
        "refusal": refusal,
    }
    status = status_of_form(refusal)
    return show_one(
        request, "villages/shares/certificate.html", context, organisation, "shares", status, DONE
    )


@require_POST
@open_to(*ISSUERS)
def print_out(request: HttpRequest, code: str) -> HttpResponse:
    """The PDF of one household's certificate or of all; many are drawn by a job."""
    organisation, found = read_place(request, code)
    demand_book(found)
    household, now = read_number(request.POST.get("household", "")), timezone.now()
    asked = ask_printing(
        organisation,
        [household] if household else None,
        request.POST.get("reason", ""),
        get_account_of(request),
        now,
    )
    base = settings.PUBLIC_ADDRESS or request.build_absolute_uri("/").rstrip("/")
    if asked.wanted <= AT_ONCE:
        return _answer(print_now(asked, base, now), f"股权证 {organisation.code}")
    app.configure_task("print-certificates", queue="shares").defer(printing_id=asked.pk, base=base)
    return go_to(url("villages:printing", code, asked.pk), "printing")


@require_safe
@open_to(*ISSUERS)
def printing(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """How far a large printing is, and its files when it is done."""
    organisation, one = get_seen(code, get_account_of(request)), _get_printing(code, pk)
    files = list(range(1, len(open_files(one)) + 1)) if one.done_at else []
    context = {"printing": one, "files": files, "per_mille": one.drawn * 1000 // max(1, one.wanted)}
    return show_one(request, "villages/shares/printing.html", context, organisation, "shares", done=DONE)


@require_safe
@open_to(*ISSUERS)
def printed(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One file of a printing; only for whoever asked for it."""
    get_seen(code, get_account_of(request))
    one = _get_printing(code, pk)
    files, at = open_files(one), read_number(request.GET.get("part", "1")) or 0
    if one.asked_by_id != get_account_of(request).id or not 1 <= at <= len(files):
        words = Words(
            "没有这份文件，或已过保存期。请重新打印。", "There is no such file any more: print again."
        )
        raise Refusal("file-not-found", words)
    return _answer(files[at - 1], f"股权证 {code} {at}")


def _get_printing(code: str, pk: int) -> Printing:
    found = Printing.objects.select_related("asked_by").filter(pk=pk, book__organisation__code=code).first()
    if found is None:
        raise Refusal("printing-not-found", Words("没有这次打印。", "There is no such printing."))
    return found


def _answer(file: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(file, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.pdf"
    answer.headers["Cache-Control"] = "no-store"
    return answer
