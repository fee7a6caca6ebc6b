"""A voucher, or the opening balances, written row by row; works without script, and by keyboard alone."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from huiyin.cases.api import Kept, Upload, keep_files
from huiyin.economy.books.api import (
    DraftKind,
    VoucherDraft,
    begin_draft,
    change_draft,
    get_chart,
    get_draft,
    list_choices,
    remove_file,
    send_draft,
)
from huiyin.economy.organisations.api import Organisation, get_seen
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import read_number
from huiyin.kernel.words import Words
from huiyin.people.api import get_account_of, open_to
from huiyin.villages.answering import go_to
from huiyin.villages.books.forms import MORE, Typed, make_card, read_typed, type_draft
from huiyin.villages.books.frame import show_books

MAKER = "bookkeeper"


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(MAKER)
def new(request: HttpRequest, code: str) -> HttpResponse:
    """The form of a new voucher; sent, it is kept as a draft, or sent for review at once."""
    return _write(request, code, "voucher")


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(MAKER)
def opening(request: HttpRequest, code: str) -> HttpResponse:
    """The form of the opening balances: a row for each account of the chart that may have one."""
    return _write(request, code, "opening")


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(MAKER)
def edit(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The form of a draft that is not sent yet."""
    organisation = get_seen(code, get_account_of(request))
    draft = get_draft(organisation, pk)
    return _write(request, code, draft.kind, draft)


def _write(request: HttpRequest, code: str, kind: str, draft: VoucherDraft | None = None) -> HttpResponse:
    organisation = get_seen(code, get_account_of(request))
    if request.method != "POST":
        return _show(request, organisation, _begin(organisation, kind, draft), kind, draft)
    typed, do = read_typed(request.POST), request.POST.get("do", "")
    if do == "more":
        return _show(request, organisation, typed.pad(len(typed.rows) + MORE), kind, draft)
    if do.startswith("remove-") and draft is not None:
        remove_file(draft, read_number(do.removeprefix("remove-")) or 0)
        return _show(request, organisation, typed.pad(), kind, draft)
    try:
        saved = _save(request, organisation, typed, kind, draft)
    except Refusal as refusal:
        return _show(request, organisation, typed.pad(), kind, draft, refusal)
    try:
        if do == "send":
            send_draft(saved.pk, organisation, get_account_of(request), timezone.now())
    except Refusal as refusal:
        return _show(request, organisation, type_draft(saved).pad(), kind, saved, refusal)
    return go_to(reverse("villages:book-draft", args=[code, saved.pk]), "sent" if do == "send" else "saved")


def _begin(organisation: Organisation, kind: str, draft: VoucherDraft | None) -> Typed:
    if draft is not None:
        return type_draft(draft).pad()
    today = timezone.localdate()
    if kind != DraftKind.OPENING:
        return Typed(today.isoformat()).pad()
    rows = [
        {"account": one.code, "note": "", "debit": "", "credit": ""}
        for one in get_chart(organisation.standard).values()
        if not one.closes
    ]
    return Typed(today.replace(month=1, day=1).isoformat(), "期初余额", rows=rows)


def _save(
    request: HttpRequest, organisation: Organisation, typed: Typed, kind: str, draft: VoucherDraft | None
) -> VoucherDraft:
    by, now, files = get_account_of(request), timezone.now(), _keep(request)
    if kind == DraftKind.OPENING:  # rows that nothing was typed into are not meant
        typed.rows = [row for row in typed.rows if row["debit"] or row["credit"] or row["note"]]
    card = make_card(typed, kind)
    if draft is not None:
        version = read_number(typed.version) or 0
        return change_draft(draft.pk, organisation, card, version, by, now, files)
    key = request.POST.get("client_key", "")[:64]
    return begin_draft(organisation, card, by, now, files, f"{by.id}:{key}" if key else None)


def _keep(request: HttpRequest) -> list[Kept]:
    uploads = [Upload(one.name or "file", cast("Any", one.file)) for one in request.FILES.getlist("files")]
    return keep_files(uploads)


def _show(
    request: HttpRequest,
    organisation: Organisation,
    typed: Typed,
    kind: str,
    draft: VoucherDraft | None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    if draft is not None and draft.state != "draft" and refusal is None:
        words = Words("这张凭证已送审，不能修改。请先收回。", "It is sent already: take it back first.")
        refusal = Refusal("wrong-state", words)
    debit, credit = typed.sums
    context = {
        "typed": typed,
        "kind": kind,
        "draft": draft,
        "files": list(draft.files.order_by("id")) if draft else [],
        "choices": list_choices(organisation),
        "debit_fen": debit,
        "credit_fen": credit,
        "errors": {refusal.field: refusal.words} if refusal and refusal.field else {},
        "today": timezone.localdate().isoformat(),
    }
    return show_books(request, "villages/books/writing.html", context, organisation, "drafts", refusal)
