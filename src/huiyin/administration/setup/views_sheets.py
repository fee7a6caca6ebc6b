"""A list to Excel and back: download, upload, the preview row by row, and the confirmation."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.administration.models import Draft
from huiyin.administration.setup.asking import choose_rows, read_asked
from huiyin.administration.setup.cells import ACTS, tell_steps
from huiyin.administration.setup.drafts import get_draft, given_of, keep_draft, steps_of
from huiyin.administration.setup.listings import Acts, Listing
from huiyin.administration.setup.plans import Plan, make_plan
from huiyin.administration.setup.sheets import answer_sheet, read_sheet
from huiyin.administration.setup.views_lists import HOME, go, open_listing, show_passwords
from huiyin.administration.setup.writing import rehearse, write
from huiyin.console.api import show
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.pages.api import number_pages, read_page, status_of
from huiyin.people.api import get_account_of, open_to

SIZE = 100


def _download(request: HttpRequest, part: str) -> HttpResponse:
    listing = open_listing(request, part)
    return answer_sheet(request, listing, choose_rows(listing, read_asked(request.GET.dict())))


def _upload(request: HttpRequest, part: str) -> HttpResponse:
    """Ask for a file; one that can be read is kept as a draft, and nothing is written yet."""
    listing = open_listing(request, part)
    if request.method != "POST":
        return _ask(request, listing)
    try:
        draft = _read(request, listing)
    except Refusal as refusal:
        return _ask(request, listing, refusal)
    answer = HttpResponseRedirect(reverse("administration:preview", args=[part, draft.pk]))
    answer.status_code = 303
    return answer


def _read(request: HttpRequest, listing: Listing) -> Draft:
    file = request.FILES.get("file")
    if file is None:
        raise Refusal("bad-file", Words("请选择文件。", "Choose a file."), field="file")
    acts = Acts(get_account_of(request), timezone.now(), rehearsal=True)
    given = read_sheet(listing, file)
    plan = make_plan(listing, given)
    rehearse(listing, plan, acts)
    return keep_draft(acts.by.id, listing.key, str(file.name), given, plan, acts.now)


def _ask(request: HttpRequest, listing: Listing, refusal: Refusal | None = None) -> HttpResponse:
    context = {"listing": listing, "error": refusal.words if refusal else ""}
    status = status_of(refusal) if refusal else 200
    return show(request, "administration/setup/upload.html", context, HOME, 422 if status == 409 else status)


def _preview(request: HttpRequest, part: str, pk: int) -> HttpResponse:
    """What the file would do, row by row; with POST it is done, all of it or nothing."""
    listing = open_listing(request, part)
    if request.method == "POST":
        return _confirm(request, listing, pk)
    draft = get_draft(pk, get_account_of(request).id, part, timezone.now())
    return _show_preview(request, listing, draft)


def _show_preview(
    request: HttpRequest, listing: Listing, draft: Draft, refusal: Refusal | None = None
) -> HttpResponse:
    steps = steps_of(draft)
    counts = {act: sum(step.act == act for step in steps) for act in ACTS}
    page = read_page(request.GET.dict(), max(1, -(-len(steps) // SIZE)))
    told = tell_steps(listing, steps)
    context = {
        "listing": listing,
        "draft": draft,
        "acts": ACTS,
        "counts": counts,
        "same": len(draft.rows) - len(steps),
        "told": told[(page - 1) * SIZE : page * SIZE],
        "paging": number_pages(request.GET.dict(), len(told), SIZE),
        "refusal": refusal,
    }
    status = status_of(refusal) if refusal else 200
    return show(request, "administration/setup/preview.html", context, HOME, status)


def _confirm(request: HttpRequest, listing: Listing, pk: int) -> HttpResponse:
    acts = Acts(get_account_of(request), timezone.now())
    try:
        with transaction.atomic():
            draft = get_draft(pk, acts.by.id, listing.key, acts.now, lock=True)
            plan = make_plan(listing, given_of(draft))
            _demand_unchanged(plan, draft)
            write(listing, plan, acts)
            draft.delete()
    except Refusal as refusal:
        draft = get_draft(pk, acts.by.id, listing.key, acts.now)
        return _show_preview(request, listing, draft, refusal)
    if acts.passwords:
        return show_passwords(request, acts)
    return go(reverse("administration:list", args=[listing.key]), "imported")


def _demand_unchanged(plan: Plan, draft: Draft) -> None:
    if plan.wrong or plan.fingerprint != draft.fingerprint:
        raise Refusal("changed-meanwhile", _MEANWHILE)


_MEANWHILE = Words(
    "表里还有错误，或者上传以后有人改过这些内容，所以没有写入。请重新下载、核对后再上传。",
    "There are faults, or somebody has changed the list since. Nothing was written: download and try again.",
)

download = require_safe(open_to("admin")(_download))
download_staff = require_safe(open_to("admin", "security")(_download))
upload = require_http_methods(["GET", "HEAD", "POST"])(open_to("admin")(_upload))
upload_staff = require_http_methods(["GET", "HEAD", "POST"])(open_to("admin", "security")(_upload))
preview = require_http_methods(["GET", "HEAD", "POST"])(open_to("admin")(_preview))
preview_staff = require_http_methods(["GET", "HEAD", "POST"])(open_to("admin", "security")(_preview))
