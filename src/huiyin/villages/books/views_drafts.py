"""Drafts on their way: whose turn it is, reviewed and confirmed one by one or several at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Count
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.cases.api import DRAWN
from huiyin.economy.books.api import (
    STATES,
    DraftState,
    VoucherDraft,
    confirm_drafts,
    drop_draft,
    find_file,
    get_draft,
    map_titles,
    pass_drafts,
    return_draft,
    send_draft,
    take_back_draft,
)
from huiyin.economy.organisations.api import Organisation, get_seen, may
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import read_number
from huiyin.kernel.words import Words
from huiyin.pages.api import number_pages, read_page
from huiyin.people.api import AccountInHand, get_account_of, open_to
from huiyin.villages.answering import go_to
from huiyin.villages.books.frame import name_hands, show_books
from huiyin.villages.books.telling import Sheet
from huiyin.villages.values import READERS

SIZE = 50
TONES = {
    DraftState.DRAFT: ("grey", "ring"),
    DraftState.REVIEW: ("blue", "half"),
    DraftState.CASH: ("amber", "half"),
    DraftState.POSTED: ("green", "dot"),
    DraftState.DROPPED: ("grey", "ring"),
}
TURN = {"reviewer": DraftState.REVIEW, "cashier": DraftState.CASH, "bookkeeper": DraftState.DRAFT}
"""What waits for whom."""

Act = Callable[[int, Organisation, AccountInHand, Any], object]
ACTS: dict[str, tuple[Act, str]] = {
    "send": (send_draft, "sent"),
    "take-back": (take_back_draft, "taken-back"),
    "drop": (drop_draft, "dropped"),
    "pass": (lambda pk, *given: pass_drafts([pk], *given), "passed"),
    "confirm": (lambda pk, *given: confirm_drafts([pk], *given), "confirmed"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*READERS)
def drafts(request: HttpRequest, code: str) -> HttpResponse:
    """The drafts of a state; those that are picked are passed or confirmed together, all or none."""
    account = get_account_of(request)
    organisation = get_seen(code, account)
    if request.method != "POST":
        return _list(request, organisation)
    try:
        picked = _read_picked(request)
        if request.POST.get("do") == "confirm":
            confirm_drafts(picked, organisation, account, timezone.now())
            return go_to(reverse("villages:book-drafts", args=[code]), "confirmed")
        pass_drafts(picked, organisation, account, timezone.now())
    except Refusal as refusal:
        return _list(request, organisation, refusal)
    return go_to(reverse("villages:book-drafts", args=[code]), "passed")


def _read_picked(request: HttpRequest) -> list[int]:
    picked = [pk for pk in map(read_number, request.POST.getlist("pick")) if pk][:500]
    if not picked:
        raise Refusal("none-picked", Words("请先勾选凭证。", "Tick the vouchers first."))
    return picked


def _list(request: HttpRequest, organisation: Organisation, refusal: Refusal | None = None) -> HttpResponse:
    account = get_account_of(request)
    turn = next(
        (state for role, state in TURN.items() if may(account, organisation, role)), DraftState.REVIEW
    )
    state = request.GET.get("state", "") or str(turn)
    found = VoucherDraft.objects.filter(organisation=organisation)
    counts = dict(found.values_list("state").annotate(many=Count("pk")).order_by())
    shown = found.filter(state=state).order_by("made_on", "pk")
    total = counts.get(state, 0)
    page = read_page(request.GET.dict(), max(1, -(-total // SIZE)))
    rows = list(shown[(page - 1) * SIZE : page * SIZE])
    context = {
        "rows": rows,
        "state": state,
        "states": STATES,
        "counts": counts,
        "tones": TONES,
        "hands": name_hands(pk for one in rows for pk in (one.made_by_id, one.reviewed_by_id)),
        "paging": number_pages(request.GET.dict(), total, SIZE),
        "acts": _find_act(account, organisation, state) if rows else "",
        "writes": may(account, organisation, "bookkeeper"),
    }
    return show_books(request, "villages/books/drafts.html", context, organisation, "drafts", refusal)


def _find_act(account: AccountInHand, organisation: Organisation, state: str) -> str:
    if state == DraftState.REVIEW and may(account, organisation, "reviewer"):
        return "pass"
    return "confirm" if state == DraftState.CASH and may(account, organisation, "cashier") else ""


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*READERS)
def draft(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One draft; whoever's turn it is acts on it here."""
    account = get_account_of(request)
    organisation = get_seen(code, account)
    one = get_draft(organisation, pk)
    if request.method != "POST":
        return _show(request, organisation, one)
    try:
        done = _act(request, organisation, pk, account)
    except Refusal as refusal:
        return _show(request, organisation, get_draft(organisation, pk), refusal)
    return go_to(reverse("villages:book-draft", args=[code, pk]), done)


def _act(request: HttpRequest, organisation: Organisation, pk: int, account: AccountInHand) -> str:
    do = request.POST.get("do", "")
    if do == "return":
        return_draft(pk, organisation, request.POST.get("reason", ""), account, timezone.now())
        return "returned"
    if do not in ACTS:
        raise Refusal("no-such-act", Words("请选择要办的事。", "Choose what to do."))
    act, done = ACTS[do]
    act(pk, organisation, account, timezone.now())
    return done


def _show(
    request: HttpRequest, organisation: Organisation, one: VoucherDraft, refusal: Refusal | None = None
) -> HttpResponse:
    account = get_account_of(request)
    context = {
        "draft": one,
        "sheet": Sheet.of(one, map_titles(organisation)),
        "states": STATES,
        "tones": TONES,
        "files": list(one.files.order_by("id")),
        "hands": name_hands((one.made_by_id, one.reviewed_by_id, one.paid_by_id)),
        "writes": may(account, organisation, "bookkeeper"),
        "acts": _find_act(account, organisation, one.state),
        "typed": request.POST,
    }
    return show_books(request, "villages/books/draft.html", context, organisation, "drafts", refusal)


@require_safe
@open_to(*READERS)
def show_file(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """A paper of a voucher."""
    found = find_file(get_seen(code, get_account_of(request)).pk, pk)
    if found is None or not found[1].is_file():
        raise Refusal("file-not-found", Words("没有这个附件。", "There is no such file."))
    file, path = found
    response = FileResponse(
        path.open("rb"),
        as_attachment=file.media_type not in DRAWN,
        filename=file.name,
        content_type=file.media_type,
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
