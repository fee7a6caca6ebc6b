"""The pages on which an administrator takes in shapes of cells: upload, preview, confirm or drop."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods
from procrastinate.contrib.django import app

from huiyin.administration.ground.drafts import Found, find_uploaded, keep_file, read_found
from huiyin.administration.models import Draft
from huiyin.administration.setup.drafts import drop_draft
from huiyin.console.api import acting_of, show
from huiyin.grid.api import DATUMS, import_file
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.pages.api import status_of
from huiyin.people.api import get_account_of, open_to

CURRENT = "console:grid"
DONE = {
    "imported": Words(
        "图形已全部写入。在办的工单正在重新找网格。", "All shapes are written; open cases are placed anew."
    ),
    "dropped": Words("上传的图形没有写入，已经取消。", "The file was dropped; nothing was written."),
}
_DATUM_TITLES = {
    "WGS-84": Words("WGS-84（卫星定位、天地图）", "WGS-84 (satellites)"),
    "GCJ-02": Words("GCJ-02（高德、腾讯等地图）", "GCJ-02 (maps of Gaode, Tencent)"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@open_to("admin")
def upload(request: HttpRequest) -> HttpResponse:
    """Ask for a GeoJSON file; one that can be read is checked and kept, and nothing is written yet."""
    acting_of(request)
    if request.method != "POST":
        return _ask(request)
    try:
        draft = _take(request)
    except Refusal as refusal:
        return _ask(request, refusal)
    return _lead(reverse("administration:grid-preview", args=[draft.pk]))


@transaction.atomic
def _take(request: HttpRequest) -> Draft:
    file = request.FILES.get("file")
    if file is None:
        raise Refusal("bad-file", Words("请选择文件。", "Choose a file."), field="file")
    account = get_account_of(request)
    datum = request.POST.get("datum", DATUMS[0])
    return keep_file(account.id, str(file.name), file.read(), datum, timezone.now())


def _ask(request: HttpRequest, refusal: Refusal | None = None) -> HttpResponse:
    context = {
        "datums": [(key, _DATUM_TITLES[key]) for key in DATUMS],
        "datum": request.POST.get("datum", DATUMS[0]),
        "refusal": refusal,
    }
    status = status_of(refusal) if refusal else 200
    return show(request, "administration/ground/upload.html", context, CURRENT, status, done=DONE)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to("admin")
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What the file would do; with POST it is written whole, or dropped."""
    acting_of(request)
    draft = find_uploaded(pk, get_account_of(request).id, timezone.now())
    if request.method != "POST":
        return _show(request, draft, read_found(draft))
    if request.POST.get("act") == "drop":
        drop_draft(draft)
        return _lead(f"{reverse('administration:grid-import')}?done=dropped")
    try:
        _write(request, pk)
    except Refusal as refusal:
        if refusal.code == "draft-not-found":
            raise
        return _show(request, draft, read_found(draft), refusal)
    return _lead(f"{reverse('administration:grid-import')}?done=imported")


@transaction.atomic
def _write(request: HttpRequest, pk: int) -> None:
    """The file is checked again as it is written: areas and shapes may have changed since."""
    account, now = get_account_of(request), timezone.now()
    draft = find_uploaded(pk, account.id, now, lock=True)
    import_file(bytes(draft.file or b""), draft.file_name, read_found(draft).datum, by=account, now=now)
    drop_draft(draft)
    app.configure_task("place-all").defer()


def _show(request: HttpRequest, draft: Draft, found: Found, refusal: Refusal | None = None) -> HttpResponse:
    context = {"draft": draft, "found": found, "refusal": refusal}
    status = status_of(refusal) if refusal else 200
    return show(request, "administration/ground/preview.html", context, CURRENT, status)


def _lead(place: str) -> HttpResponse:
    answer = HttpResponseRedirect(place)
    answer.status_code = 303
    return answer
