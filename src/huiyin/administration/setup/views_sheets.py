"""A list to Excel and back: download, upload, the preview row by row, and the confirmation."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe
from procrastinate.contrib.django import app

from huiyin.administration.models import Draft
from huiyin.administration.setup.asking import choose_rows, read_asked
from huiyin.administration.setup.cells import ACTS, tell_steps
from huiyin.administration.setup.drafts import (
    RUNNING,
    drop_draft,
    find_draft,
    get_draft,
    list_steps,
    start_draft,
)
from huiyin.administration.setup.listings import Acts, Listing
from huiyin.administration.setup.running import MEANWHILE, QUICK, apply_draft, check_draft
from huiyin.administration.setup.sheets import answer_sheet, read_sheet
from huiyin.administration.setup.views_lists import HOME, go, open_listing, show_passwords
from huiyin.console.api import show
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.pages.api import is_fragment, number_pages, read_page, status_of
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
        draft = _take(request, listing)
    except Refusal as refusal:
        return _ask(request, listing, refusal)
    return _lead(reverse("administration:preview", args=[part, draft.pk]))


def _lead(place: str) -> HttpResponse:
    answer = HttpResponseRedirect(place)
    answer.status_code = 303
    return answer


@transaction.atomic
def _take(request: HttpRequest, listing: Listing) -> Draft:
    """Keep the file; a short one is checked at once, a long one with the right headings by a job."""
    file = request.FILES.get("file")
    if file is None:
        raise Refusal("bad-file", Words("请选择文件。", "Choose a file."), field="file")
    acts = Acts(get_account_of(request), timezone.now(), rehearsal=True, source="sheet")
    given = read_sheet(listing, file, enough=QUICK)
    file.seek(0)
    draft = start_draft(acts.by.id, listing.key, str(file.name), file.read(), acts.now)
    if len(given) <= QUICK:
        check_draft(draft, listing, acts)
    else:
        _leave_to_job(draft)
    return draft


def _leave_to_job(draft: Draft) -> None:
    app.configure_task("run-sheet", queue="setup", lock=f"sheet-{draft.pk}").defer(draft_id=draft.pk)


def _ask(request: HttpRequest, listing: Listing, refusal: Refusal | None = None) -> HttpResponse:
    context = {
        "listing": listing,
        "draft": find_draft(get_account_of(request).id, listing.key, timezone.now()),
        "error": refusal.words if refusal else "",
    }
    status = status_of(refusal) if refusal else 200
    return show(request, "administration/setup/upload.html", context, HOME, 422 if status == 409 else status)


def _preview(request: HttpRequest, part: str, pk: int) -> HttpResponse:
    """What the file would do, row by row, or how far a job is with it; with POST it is done, or dropped.

    Administrators see what others have uploaded; only whoever did confirms or drops it.
    """
    listing = open_listing(request, part)
    by = get_account_of(request)
    if request.method == "POST":
        return (
            _drop(request, listing, pk)
            if request.POST.get("act") == "drop"
            else _confirm(request, listing, pk)
        )
    draft = get_draft(pk, None if "admin" in by.roles else by.id, part, timezone.now())
    if draft.state != "checked":
        return _show_progress(request, listing, draft)
    answer = _show_preview(request, listing, draft)
    if is_fragment(request):
        answer.headers["HX-Refresh"] = "true"
    return answer


def _show_progress(request: HttpRequest, listing: Listing, draft: Draft) -> HttpResponse:
    context = {
        "listing": listing,
        "draft": draft,
        "running": draft.state in RUNNING,
        "refusal": Words(*draft.refusal) if draft.refusal else None,
        "own": draft.account_id == get_account_of(request).id,
        "written": sum(draft.counts.get(act, 0) for act in ACTS),
    }
    return show(request, "administration/setup/progress.html", context, HOME)


def _show_preview(
    request: HttpRequest, listing: Listing, draft: Draft, refusal: Refusal | None = None
) -> HttpResponse:
    total = sum(draft.counts.get(act, 0) for act in ACTS)
    page = read_page(request.GET.dict(), max(1, -(-total // SIZE)))
    context = {
        "listing": listing,
        "draft": draft,
        "acts": ACTS,
        "counts": {act: draft.counts.get(act, 0) for act in (*ACTS, "same")},
        "told": tell_steps(listing, list_steps(draft, (page - 1) * SIZE, SIZE)),
        "paging": number_pages(request.GET.dict(), total, SIZE),
        "own": draft.account_id == get_account_of(request).id,
        "told_off": refusal.words if refusal else Words(*draft.refusal) if draft.refusal else None,
    }
    status = status_of(refusal) if refusal else 200
    return show(request, "administration/setup/preview.html", context, HOME, status)


def _confirm(request: HttpRequest, listing: Listing, pk: int) -> HttpResponse:
    reason = clean(request.POST.get("reason", ""))
    acts = Acts(get_account_of(request), timezone.now(), reason=reason, source="sheet")
    try:
        with transaction.atomic():
            draft = get_draft(pk, acts.by.id, listing.key, acts.now, lock=True)
            by_job = _count_changes(draft) > QUICK and not listing.answers
            if by_job and draft.state == "checked":
                _start_applying(draft, reason)
            if by_job or draft.state != "checked":
                return _lead(reverse("administration:preview", args=[listing.key, draft.pk]))
            apply_draft(draft, listing, acts)
            draft.delete()
    except Refusal as refusal:
        draft = get_draft(pk, acts.by.id, listing.key, acts.now)
        return _show_preview(request, listing, draft, refusal)
    if acts.passwords:
        return show_passwords(request, acts)
    return go(reverse("administration:list", args=[listing.key]), "imported")


def _count_changes(draft: Draft) -> int:
    return sum(draft.counts.get(act, 0) for act in ACTS if act != "wrong")


def _start_applying(draft: Draft, reason: str) -> None:
    if draft.counts.get("wrong"):
        raise Refusal("changed-meanwhile", MEANWHILE)
    draft.state, draft.percent, draft.refusal, draft.reason = "applying", 0, [], reason
    draft.save(update_fields=["state", "percent", "refusal", "reason"])
    _leave_to_job(draft)


def _drop(request: HttpRequest, listing: Listing, pk: int) -> HttpResponse:
    """Forget what was uploaded; one that is being written stays."""
    draft = get_draft(pk, get_account_of(request).id, listing.key, timezone.now())
    applied = draft.state == "applied"
    drop_draft(draft)
    return go(reverse("administration:list", args=[listing.key]), "imported" if applied else "dropped")


download = require_safe(open_to("admin")(_download))
download_staff = require_safe(open_to("admin", "security")(_download))
upload = require_http_methods(["GET", "HEAD", "POST"])(open_to("admin")(_upload))
upload_staff = require_http_methods(["GET", "HEAD", "POST"])(open_to("admin", "security")(_upload))
preview = require_http_methods(["GET", "HEAD", "POST"])(open_to("admin")(_preview))
preview_staff = require_http_methods(["GET", "HEAD", "POST"])(open_to("admin", "security")(_preview))
