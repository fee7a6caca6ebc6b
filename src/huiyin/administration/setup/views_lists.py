"""The pages of every list: the list, one entry as a form, and closing or reopening it."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiyin.administration.setup.asking import SIZE, STATES, choose_rows, read_asked
from huiyin.administration.setup.cells import make_lines
from huiyin.administration.setup.drafts import find_draft
from huiyin.administration.setup.entries import describe_entry
from huiyin.administration.setup.fields import NO, YES, Row
from huiyin.administration.setup.listings import Acts, Listing, blank_row
from huiyin.administration.setup.plans import Step, make_plan
from huiyin.administration.setup.registry import LISTINGS, STAFFING, get_listing
from huiyin.administration.setup.writing import write
from huiyin.console.api import acting_of, show
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.pages.api import address, number_pages, read_page, status_of
from huiyin.people.api import get_account_of, open_to

HOME = "administration:setup"
DONE = {
    "added": Words("已新增。", "Added."),
    "changed": Words("已保存。", "Saved."),
    "same": Words("没有改动。", "Nothing was changed."),
    "closed": Words("已停用。以前的记录不变。", "Closed. What was recorded stays."),
    "reopened": Words("已恢复使用。", "In use again."),
    "imported": Words("表里的改动已全部写入。", "All changes of the sheet are written."),
    "dropped": Words("上传的表没有写入，已经取消。", "The sheet was dropped; nothing was written."),
    "given": Words("岗位已安排。", "The post is given."),
    "ended": Words("任职的结束日期已定。", "The end of the post is set."),
    "unlocked": Words("账号已解锁。", "The account is unlocked."),
}
Typed = Mapping[str, str]


@require_safe
@open_to("admin", "security")
def show_setup(request: HttpRequest) -> HttpResponse:
    """The parts of the settings with their counts; a security officer sees accounts and posts."""
    listings = LISTINGS if "admin" in get_account_of(request).roles else STAFFING
    parts = [(listing, sum(map(listing.is_active, listing.rows()))) for listing in listings]
    context = {"parts": parts, "whole": listings is LISTINGS}
    return show(request, "administration/setup/home.html", context, HOME, done=DONE)


def open_listing(request: HttpRequest, part: str) -> Listing:
    """The list of that key; refuses `part-not-found`. Refusals from here on are drawn in the frame."""
    acting_of(request)
    return get_listing(part)


def _list(request: HttpRequest, part: str) -> HttpResponse:
    listing = open_listing(request, part)
    asked = read_asked(request.GET.dict())
    rows = choose_rows(listing, asked)
    paging = number_pages({**asked.query, "page": request.GET.get("page", "")}, len(rows), SIZE)
    page = read_page(request.GET.dict(), max(1, -(-len(rows) // SIZE)))
    context = {
        "listing": listing,
        "columns": [one for one in listing.fields if one.listed],
        "lines": make_lines(listing, rows[(page - 1) * SIZE : page * SIZE]),
        "asked": asked,
        "states": STATES,
        "paging": paging,
        "total": len(rows),
        "query": address(asked.query),
        "draft": find_draft(get_account_of(request).id, listing.key, timezone.now()),
    }
    return show(request, "administration/setup/list.html", context, HOME, done=DONE)


def _add(request: HttpRequest, part: str) -> HttpResponse:
    listing = open_listing(request, part)
    if not listing.adds:
        raise Refusal("entry-not-found", Words("这里不能新增。", "Nothing can be added here."))
    if request.method != "POST":
        return _show_form(request, listing, blank_row(listing), None)
    return _save(request, listing, None)


def _entry(request: HttpRequest, part: str, thing: str) -> HttpResponse:
    listing = open_listing(request, part)
    row = _get_row(listing, thing)
    if request.method == "POST":
        return _save(request, listing, row)
    return _show_form(request, listing, row, row)


def _get_row(listing: Listing, thing: str) -> Row:
    row = listing.map_rows().get(thing)
    if row is None:
        raise Refusal("entry-not-found", Words("没有这一条。", "There is no such entry."))
    return row


def _save(request: HttpRequest, listing: Listing, before: Row | None) -> HttpResponse:
    typed = {one.key: request.POST.get(one.key, "") for one in listing.writable if one.key in request.POST}
    if before is not None:
        typed[listing.identity] = before[listing.identity]
    elif listing.get_field(listing.identity).kind == "id":
        typed[listing.identity] = ""
    acts = Acts(get_account_of(request), timezone.now(), reason=clean(request.POST.get("reason", "")))
    plan = make_plan(listing, [(0, typed)])
    step = plan.steps[0]
    if before is None and step.act != "add" and not step.faults:
        step.refuse(listing.identity, Words("这个代码已经有了。", "This code is taken."))
    if step.act not in {"wrong", "same"}:
        try:
            write(listing, plan, acts)
        except Refusal as refusal:
            return _show_form(request, listing, step.row | typed, before, refusal=refusal)
    if step.act == "wrong":
        return _show_form(request, listing, step.row | typed, before, step=step)
    if acts.passwords:
        return show_passwords(request, acts)
    done = {"add": "added", "same": "same"}.get(step.act, "changed")
    return go(reverse("administration:list", args=[listing.key]), done)


def _show_form(
    request: HttpRequest,
    listing: Listing,
    row: Row,
    before: Row | None,
    *,
    step: Step | None = None,
    refusal: Refusal | None = None,
    more_fields: frozenset[str] = frozenset(),
) -> HttpResponse:
    errors = dict(reversed(step.faults)) if step else {}
    if refusal is not None:
        known = more_fields.union(one.key for one in listing.writable)
        errors = {refusal.field if refusal.field in known else "": refusal.words}
    status = status_of(refusal) if refusal else 422 if errors else 200
    context = {
        "listing": listing,
        "row": row,
        "before": before,
        "errors": errors,
        "rule": refusal.rule if refusal else "",
        "typed": request.POST,
        **describe_entry(request, listing, before),
    }
    return show(request, "administration/setup/entry.html", context, HOME, status, done=DONE)


def show_account_form(
    request: HttpRequest, login: str, refusal: Refusal, fields: frozenset[str] = frozenset()
) -> HttpResponse:
    """The page of an account again, with what was refused: beside its field if that is one of `fields`."""
    listing = get_listing("accounts")
    row = _get_row(listing, login)
    return _show_form(request, listing, row, row, refusal=refusal, more_fields=fields)


def _close(request: HttpRequest, part: str, thing: str) -> HttpResponse:
    listing = open_listing(request, part)
    before = _get_row(listing, thing)
    if not listing.closes:
        raise Refusal("entry-not-found", Words("这一项不能停用。", "This cannot be closed."))
    closing = request.POST.get("active") != YES
    plan = make_plan(listing, [(0, {listing.identity: thing, "active": NO if closing else YES})])
    try:
        write(listing, plan, Acts(get_account_of(request), timezone.now()))
    except Refusal as refusal:
        return _show_form(request, listing, before, before, refusal=refusal)
    return go(reverse("administration:entry", args=[listing.key, thing]), "closed" if closing else "reopened")


def go(place: str, done: str) -> HttpResponse:
    """Lead to a page that says what was done."""
    answer = HttpResponseRedirect(f"{place}?done={done}")
    answer.status_code = 303
    return answer


def show_passwords(request: HttpRequest, acts: Acts) -> HttpResponse:
    """Tell fresh passwords, this once: they are kept nowhere, and no address leads here."""
    answer = show(request, "administration/setup/passwords.html", {"passwords": acts.passwords}, HOME)
    answer.headers["Cache-Control"] = "no-store"
    return answer


show_list = require_safe(open_to("admin")(_list))
show_staff_list = require_safe(open_to("admin", "security")(_list))
add_entry = require_http_methods(["GET", "HEAD", "POST"])(open_to("admin")(_add))
add_staff_entry = require_http_methods(["GET", "HEAD", "POST"])(open_to("admin", "security")(_add))
edit_entry = require_http_methods(["GET", "HEAD", "POST"])(open_to("admin")(_entry))
edit_staff_entry = require_http_methods(["GET", "HEAD", "POST"])(open_to("admin", "security")(_entry))
close_entry = require_POST(open_to("admin")(_close))
close_staff_entry = require_POST(open_to("admin", "security")(_close))
