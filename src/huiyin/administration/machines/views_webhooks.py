"""Webhooks: who is told of events, and what became of each telling."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiyin.administration.machines.asking import (
    SIZE,
    cut_page,
    go,
    has_leave,
    make_leave,
    make_log,
    read,
    read_log,
    read_moment,
)
from huiyin.administration.machines.told import DONE
from huiyin.console.api import show
from huiyin.exchange.api import (
    DELIVERY_STATES,
    EVENTS,
    OFF,
    add_subscription,
    get_subscription,
    list_deliveries,
    list_subscriptions,
    pause_subscription,
    ping,
    remove_subscription,
    renew_secret,
    replay,
    resume_subscription,
    tell_secret,
)
from huiyin.kernel.refusals import Refusal
from huiyin.pages.api import status_of
from huiyin.people.api import get_account_of, open_to

HERE = "administration:webhooks"


@open_to("admin")
@require_http_methods(["GET", "HEAD", "POST"])
def webhooks(request: HttpRequest) -> HttpResponse:
    """All webhooks, and the form for another; a new one leads to its page, which shows its secret."""
    if request.method != "POST":
        return _show_all(request)
    form, by, now = request.POST, get_account_of(request), timezone.now()
    try:
        made, _secret = add_subscription(
            read(form, "title"), read(form, "address", 600), form.getlist("events"), by=by, now=now
        )
    except Refusal as refusal:
        return _show_all(request, refusal)
    return go(_page_of(made.pk), "added", leave=make_leave(made.pk))


def _show_all(request: HttpRequest, refusal: Refusal | None = None) -> HttpResponse:
    typed = request.POST
    webhooks, paging = cut_page(request.GET, list_subscriptions())
    context = {
        "webhooks": webhooks,
        "paging": paging,
        "events": EVENTS,
        "off": OFF,
        "typed": {name: read(typed, name) for name in ("title", "address")},
        "wanted": typed.getlist("events") if refusal else list(EVENTS),
        "faults": {refusal.field: refusal.words} if refusal else {},
    }
    status = status_of(refusal) if refusal else 200
    return show(request, "administration/machines/webhooks.html", context, HERE, status, done=DONE)


def _page_of(pk: int) -> str:
    return reverse("administration:webhook", args=(pk,))


@open_to("admin")
@require_safe
def webhook(request: HttpRequest, pk: int) -> HttpResponse:
    """One webhook: its state, its deliveries, and for five minutes its new secret."""
    one = get_subscription(pk)
    state, page = read_log(request.GET, DELIVERY_STATES)
    rows, total = list_deliveries(pk, state, SIZE, (page - 1) * SIZE)
    context = {
        "webhook": one,
        "events": EVENTS,
        "off": OFF,
        "secret": tell_secret(pk) if has_leave(request.GET.get("leave", ""), pk) else "",
        **make_log(rows, total, state, page, DELIVERY_STATES),
    }
    return show(request, "administration/machines/webhook.html", context, HERE, done=DONE)


@open_to("admin")
@require_POST
def change_webhook(request: HttpRequest, pk: int) -> HttpResponse:
    """Pause, resume, renew the secret, or remove, by the button that was pressed."""
    by, now, act = get_account_of(request), timezone.now(), read(request.POST, "act")
    if act == "remove":
        remove_subscription(pk, by=by, now=now)
        return go(reverse(HERE), "removed")
    if act == "renew":
        renew_secret(pk, by=by, now=now)
        return go(_page_of(pk), "renewed", leave=make_leave(pk))
    if act == "resume":
        resume_subscription(pk, by=by, now=now)
        return go(_page_of(pk), "resumed")
    pause_subscription(pk, by=by, now=now)
    return go(_page_of(pk), "paused")


@open_to("admin")
@require_POST
def send_ping(_request: HttpRequest, pk: int) -> HttpResponse:
    """Send a test now."""
    return go(_page_of(pk), f"ping-{ping(pk, timezone.now()).state}")


@open_to("admin")
@require_POST
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Send again one delivery, or all that were made in a span of time."""
    form = request.POST
    one = read(form, "delivery", 18)
    count = replay(
        pk,
        delivery_id=int(one) if one.isascii() and one.isdigit() else None,
        since=read_moment(form, "since"),
        until=read_moment(form, "until"),
        only_failed=form.get("only_failed") == "on",
        by=get_account_of(request),
        now=timezone.now(),
    )
    return go(_page_of(pk), "replaying" if count else "nothing")
