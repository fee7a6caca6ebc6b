"""Deliveries: making them from events, sending what is due, trying again, replaying."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import msgspec
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from huiyin.cases.api import Case
from huiyin.exchange.bodies import PING, key_of, make_body, make_ping
from huiyin.exchange.journalling import note_exchange
from huiyin.exchange.models import Delivery, Subscription
from huiyin.exchange.networks import read_networks
from huiyin.exchange.reaching import Unanswered, Unreached, reach
from huiyin.exchange.signing import make_headers
from huiyin.exchange.subscriptions import get_subscription, list_keys, note_outcome
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand

STATES: dict[str, Words] = {
    "waiting": Words("待推送", "Waiting"),
    "sent": Words("已送达", "Delivered"),
    "failed": Words("已搁置", "Set aside"),
}
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 300, 420, 600))
"""How long is waited after each failure; the eighth attempt, after about a day, is the last."""

AT_ONCE = 50
MOST_REPLAYED = 10_000
KEPT_FOR = timedelta(days=90)


def make_deliveries(name: str, event: Mapping[str, Any], now: datetime) -> set[int]:
    """A delivery of the event for everybody who wants it, once; the subscriptions that have one now."""
    wanting = list(
        Subscription.objects.filter(active=True, events__contains=[name]).values_list("pk", flat=True)
    )
    if not wanting:
        return set()
    case = Case.objects.select_related("category").filter(pk=event["case_id"]).first()
    if case is None:
        return set()
    key, body = key_of(name, event), make_body(name, event, case, now)
    rows = [
        Delivery(subscription_id=pk, key=key, event=name, body=body, made_at=now, next_at=now)
        for pk in wanting
    ]
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)
    return set(wanting)


def send_due(subscription_id: int, clock: Callable[[], datetime]) -> int:
    """Send what is due, the oldest first, at most `AT_ONCE`; how many were tried.

    Stops when the far side does not answer at all: the rest would wait as long again.
    """
    tried = 0
    while tried < AT_ONCE:
        due = Delivery.objects.filter(
            subscription_id=subscription_id,
            subscription__active=True,
            state="waiting",
            next_at__lte=clock(),
        )
        one = due.select_related("subscription").order_by("next_at", "id").first()
        if one is None:
            break
        tried += 1
        if not send_delivery(one, clock()):
            break
    return tried


def send_delivery(one: Delivery, now: datetime) -> bool:
    """Send one, and keep what came of it; whether there was any answer."""
    body = msgspec.json.encode(one.body)
    headers = {"Content-Type": "application/json; charset=utf-8"}
    headers |= make_headers(list_keys(one.subscription, now), one.body["id"], int(now.timestamp()), body)
    status, error, milliseconds = None, "", None
    try:
        answer = reach(
            "POST",
            one.subscription.address,
            body,
            headers,
            read_networks(settings.EXCHANGE_NETWORKS),
            most=1024,
        )
    except (Unreached, Unanswered) as missed:
        error = str(missed)
    else:
        status, milliseconds = answer.status, answer.milliseconds
        error = "" if 200 <= status < 300 else f"HTTP {status}"
    _keep(one, status, error, milliseconds, now)
    note_outcome(one.subscription, now, arrived=not error, status=status)
    return status is not None


def _keep(one: Delivery, status: int | None, error: str, milliseconds: int | None, now: datetime) -> None:
    one.attempts += 1
    one.status, one.error, one.milliseconds, one.next_at = status, error, milliseconds, None
    if not error:
        one.state, one.answered_at = "sent", now
    elif one.attempts > len(PAUSES) or one.event == PING:
        one.state = "failed"
    else:
        one.next_at = now + PAUSES[one.attempts - 1]
    one.save(update_fields=["attempts", "status", "error", "milliseconds", "next_at", "state", "answered_at"])


def list_waiting(now: datetime) -> list[int]:
    """The subscriptions for which something is due."""
    due = Delivery.objects.filter(state="waiting", next_at__lte=now, subscription__active=True)
    return list(due.order_by("subscription_id").values_list("subscription_id", flat=True).distinct())


def ping(subscription_id: int, now: datetime) -> Delivery:
    """Send a test at once, also to a subscription that is off; the delivery, sent or failed."""
    body = make_ping(uuid4().hex, now)
    one = Delivery.objects.create(
        subscription=get_subscription(subscription_id), key=body["id"], event=PING, body=body, made_at=now
    )
    send_delivery(one, now)
    return one


@transaction.atomic
def replay(
    subscription_id: int,
    *,
    delivery_id: int | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    only_failed: bool = False,
    by: AccountInHand | None,
    now: datetime,
) -> int:
    """Send again one delivery, or all that were made in a span of time, with the same ids; how many.

    At most `MOST_REPLAYED` at once, the oldest first. Receivers know them by their ids.
    """
    found: QuerySet[Delivery] = get_subscription(subscription_id).deliveries.exclude(event=PING)
    found = found.filter(pk=delivery_id) if delivery_id else found
    found = found.filter(made_at__gte=since) if since else found
    found = found.filter(made_at__lte=until) if until else found
    found = found.filter(state="failed") if only_failed else found
    ids = list(found.order_by("made_at", "id").values_list("pk", flat=True)[:MOST_REPLAYED])
    if ids:
        Delivery.objects.filter(pk__in=ids).update(state="waiting", attempts=0, next_at=now)
        note_exchange(f"webhook:{subscription_id}", "webhook-replayed", by, now, count=len(ids))
    return len(ids)


def list_deliveries(
    subscription_id: int, state: str = "", limit: int = 50, offset: int = 0
) -> tuple[list[Delivery], int]:
    """The log of a subscription, newest first, and how many there are in all."""
    found = Delivery.objects.filter(subscription_id=subscription_id)
    found = found.filter(state=state) if state else found
    return list(found.order_by("-made_at", "-id")[offset : offset + limit]), found.count()


def forget_deliveries(now: datetime) -> int:
    """Drop from the log what is settled and older than `KEPT_FOR`; how many."""
    old = Delivery.objects.filter(made_at__lt=now - KEPT_FOR).exclude(state="waiting")
    return old.delete()[0]
