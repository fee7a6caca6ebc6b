"""Peers: which matters go to which other office, and what it says of them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from huiyin.administration.machines.asking import SIZE, cut_page, go, make_log, read, read_log
from huiyin.administration.machines.told import DONE
from huiyin.console.api import show
from huiyin.exchange.api import (
    FORMS,
    MOMENTS,
    SENDING_STATES,
    NewPeer,
    add_peer,
    change_services,
    get_peer,
    list_peers,
    list_sendings,
    retry,
    switch_peer,
    write_services,
)
from huiyin.kernel.refusals import Refusal
from huiyin.pages.api import status_of
from huiyin.people.api import get_account_of, open_to

HERE = "administration:peers"
_FIELDS = ("title", "address", "jurisdiction", "services", "form", "at")
_LONGEST = 20_000


@open_to("admin")
@require_http_methods(["GET", "HEAD", "POST"])
def peers(request: HttpRequest) -> HttpResponse:
    """All peers, and the form for another."""
    if request.method != "POST":
        return _show_all(request)
    try:
        add_peer(_read_peer(request), by=get_account_of(request), now=timezone.now())
    except Refusal as refusal:
        return _show_all(request, refusal)
    return go(reverse(HERE), "peer-added")


def _read_peer(request: HttpRequest) -> NewPeer:
    form = request.POST
    return NewPeer(
        title=read(form, "title"),
        address=read(form, "address", 600),
        services=read(form, "services", _LONGEST),
        form=read(form, "form") or FORMS[0],
        api_key=read(form, "api_key"),
        jurisdiction=read(form, "jurisdiction"),
        at=read(form, "at") or "dispatched",
        words=form.get("words") == "on",
    )


def _show_all(request: HttpRequest, refusal: Refusal | None = None) -> HttpResponse:
    listed, paging = cut_page(request.GET, list_peers())
    context = {
        "peers": listed,
        "paging": paging,
        "moments": list(MOMENTS.items()),
        "forms": [(form, form.upper()) for form in FORMS],
        "typed": {name: read(request.POST, name, _LONGEST) for name in _FIELDS},
        "words": request.POST.get("words") == "on",
        "faults": {refusal.field: refusal.words} if refusal else {},
    }
    status = status_of(refusal) if refusal else 200
    return show(request, "administration/machines/peers.html", context, HERE, status, done=DONE)


@open_to("admin")
@require_http_methods(["GET", "HEAD", "POST"])
def peer(request: HttpRequest, pk: int) -> HttpResponse:
    """One peer: its rule, what it was sent, and what it says of that."""
    if request.method != "POST":
        return _show_one(request, pk)
    by, now, act = get_account_of(request), timezone.now(), read(request.POST, "act")
    if act == "services":
        try:
            change_services(pk, read(request.POST, "services", _LONGEST), by=by, now=now)
        except Refusal as refusal:
            return _show_one(request, pk, refusal)
        return go(_page_of(pk), "services")
    switch_peer(pk, on=act == "resume", by=by, now=now)
    return go(_page_of(pk), "resumed" if act == "resume" else "paused")


def _page_of(pk: int) -> str:
    return reverse("administration:peer", args=(pk,))


def _show_one(request: HttpRequest, pk: int, refusal: Refusal | None = None) -> HttpResponse:
    one = get_peer(pk)
    state, page = read_log(request.GET, SENDING_STATES)
    rows, total = list_sendings(pk, state, SIZE, (page - 1) * SIZE)
    typed = read(request.POST, "services", _LONGEST)
    context = {
        "peer": one,
        "moments": MOMENTS,
        "services": typed if refusal else write_services(one.services),
        "fault": refusal.words if refusal else "",
        **make_log(rows, total, state, page, SENDING_STATES),
    }
    status = status_of(refusal) if refusal else 200
    return show(request, "administration/machines/peer.html", context, HERE, status, done=DONE)


@open_to("admin")
@require_POST
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Send once more what was not taken, or what somebody has asked the peer about."""
    text = read(request.POST, "sending", 18)
    number = int(text) if text.isascii() and text.isdigit() else 0
    retry(pk, number, by=get_account_of(request), now=timezone.now())
    return go(_page_of(pk), "retrying")
