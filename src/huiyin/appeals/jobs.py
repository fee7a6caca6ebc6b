"""What the worker does for requests: messages to people, lines in the bell, data past its time removed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from huiyin.appeals import messages, notices
from huiyin.appeals.gateways import GatewayError, choose_gateway
from huiyin.appeals.retention import running
from huiyin.appeals.retention.rules import is_nightly

AGAIN = RetryStrategy(max_attempts=messages.MAX_ATTEMPTS, exponential_wait=4)
"""Later each time: a disk that is full for an hour must not use up all attempts in a second."""


@app.task(name="hear-move", queue="appeals", retry=AGAIN)
def hear_move(name: str, body: Mapping[str, Any]) -> None:
    """After a move: tell the person, and the units that must know; all of it, or a retry does all of it."""
    del name
    now = timezone.now()
    with transaction.atomic():
        notices.note_move(body, now)
        message_id = messages.write_message(body, now)
        if message_id is not None:
            send_message.defer(message_id=message_id)


# Cron runs in UTC: 19:40 is 3:40 in China.
@app.periodic(cron="40 19 * * *")
@app.task(name="keep-nightly", queue="keeping", queueing_lock="keep-nightly", pass_context=False)
def keep_nightly(timestamp: int) -> None:
    """Each night, once it is switched on: take away what is past its time."""
    del timestamp
    if is_nightly():
        running.run(None, timezone.now())


@app.task(name="keep-now", queue="keeping", queueing_lock="keep-now")
def keep_now(number: int) -> None:
    """The run that a security officer started."""
    running.carry_out(number, None, timezone.now())


@app.task(name="hear-clock", queue="appeals", retry=AGAIN)
def hear_clock(name: str, body: Mapping[str, Any]) -> None:
    """After a warning or an expiry: tell the unit whose clock it is."""
    notices.note_clock(body, name, timezone.now())


@app.task(
    name="send-message",
    queue="messages",
    retry=RetryStrategy(max_attempts=messages.MAX_ATTEMPTS, exponential_wait=4),
)
def send_message(message_id: int) -> None:
    """Hand one message to the gateway; what fails is tried again, later each time, until it is given up."""
    if messages.send_message(message_id, choose_gateway(), timezone.now()) is None:
        raise GatewayError(f"message {message_id} is not delivered yet")
