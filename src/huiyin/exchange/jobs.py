"""What the worker does for other systems: tells them of events, tries again, asks peers."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from django.utils import timezone
from procrastinate import exceptions
from procrastinate.contrib.django import app

from huiyin.exchange import deliveries, sendings

QUEUE = "exchange"


@app.task(name="tell-others", queue=QUEUE, retry=5)
def tell_others(name: str, body: Mapping[str, Any]) -> None:
    """After an event: make what is to be sent, and see that it is sent; once, however often this runs."""
    now = timezone.now()
    for subscription_id in deliveries.make_deliveries(name, body, now):
        _send_soon(subscription_id)
    if name in {"case-opened", "case-moved"}:
        for sending_id in sendings.make_sendings(name, body, now):
            send_to_peer.defer(sending_id=sending_id)


def _send_soon(subscription_id: int) -> None:
    """One job a subscription at a time: a slow far side holds up itself alone."""
    mark = f"webhook:{subscription_id}"
    with suppress(exceptions.AlreadyEnqueued):  # the job that waits will send this too
        app.configure_task("send-webhooks", queue=QUEUE, lock=mark, queueing_lock=mark).defer(
            subscription_id=subscription_id
        )


@app.task(name="send-webhooks", queue=QUEUE)
def send_webhooks(subscription_id: int) -> None:
    """Send what is due for one subscription; what fails is due again later."""
    if deliveries.send_due(subscription_id, timezone.now) >= deliveries.AT_ONCE:
        _send_soon(subscription_id)


@app.periodic(cron="* * * * *")
@app.task(name="send-due-webhooks", queue=QUEUE, queueing_lock="send-due-webhooks")
def send_due_webhooks(timestamp: int) -> None:
    """Each minute: the deliveries whose next attempt has come."""
    del timestamp
    for subscription_id in deliveries.list_waiting(timezone.now()):
        _send_soon(subscription_id)


@app.task(name="send-to-peer", queue=QUEUE, lock="peers")
def send_to_peer(sending_id: int) -> None:
    """Send one matter to a peer."""
    sendings.send(sending_id, timezone.now())


@app.periodic(cron="*/2 * * * *")
@app.task(name="ask-peers", queue=QUEUE, queueing_lock="ask-peers", lock="peers")
def ask_peers(timestamp: int) -> None:
    """Send again what did not get through, and ask about what was sent."""
    del timestamp
    for sending_id, state in sendings.list_due(timezone.now()):
        act = sendings.ask if state == "sent" else sendings.send
        act(sending_id, timezone.now())


# Cron runs in UTC: 19:40 is 3:40 in China.
@app.periodic(cron="40 19 * * *")
@app.task(name="forget-deliveries", queue=QUEUE, queueing_lock="forget-deliveries")
def forget_deliveries(timestamp: int) -> None:
    """The log of webhooks is kept for three months."""
    del timestamp
    deliveries.forget_deliveries(timezone.now())
