"""Events on their way upward: written with the change that they tell, handed on by a worker."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Sequence

from django.db import InterfaceError, OperationalError, connection, transaction

from huiyin.journal import store
from huiyin.journal.hashing import settle, settle_text, settle_time
from huiyin.journal.models import Outbox
from huiyin.journal.values import Event, FailedEvent

ATTEMPTS_ALLOWED = 10
_log = logging.getLogger(__name__)


def announce(events: Sequence[Event]) -> None:
    """Put `events` into the outbox in the caller's transaction. One statement; bodies as in `append`."""
    if events:
        store.run("announce", {"events": events_as_json(events)})


def events_as_json(events: Sequence[Event]) -> str:
    """The rows of the outbox for `events`."""
    return store.as_json(
        [
            {
                "event": settle_text(event.name, "name"),
                "subject": settle_text(event.subject, "subject"),
                "body": settle(event.body),
                "at": settle_time(event.at, "at"),
            }
            for event in events
        ]
    )


@transaction.atomic
def drain_outbox(hear: Callable[[Event], None], limit: int = 200) -> int:
    """Hand up to `limit` events to `hear` in the order written, and forget them; how many were heard.

    What `hear` writes is kept or lost together with the event. Events that another worker has in hand are
    passed over. One whose `hear` raises stays for the next time, without holding up the rest; after ten
    attempts it is set aside.
    """
    heard: list[int] = []
    failed: list[tuple[int, str]] = []
    for number, name, subject, body, at, attempts in store.fetch("take_events", {"limit": limit}):
        try:
            with transaction.atomic():
                hear(Event(name, subject, json.loads(body), at))
        except Exception as error:  # a listener may fail in any way; the rest must be heard
            if connection.connection is None or connection.connection.closed:
                raise OperationalError("the database went away") from error
            if _is_outage(error):
                _log.warning("event %s of %s waits: the database could not take it", name, subject)
                continue
            _log.exception("event %s of %s was not taken (attempt %s)", name, subject, attempts + 1)
            failed.append((number, f"{type(error).__name__}: {error}".replace("\0", "")[:1000]))
        else:
            heard.append(number)
    if heard:
        store.run("delete_events", {"ids": heard})
    if failed:
        store.run("note_failures", {"allowed": ATTEMPTS_ALLOWED, **store.columns(("ids", "errors"), failed)})
    return len(heard)


def _is_outage(error: BaseException | None) -> bool:
    """Whether the database was at fault, as on a full disk: it passes, and is no attempt of the listener."""
    while error is not None and not isinstance(error, (OperationalError, InterfaceError)):
        error = error.__cause__
    return error is not None


def list_failed_events() -> list[FailedEvent]:
    """The events that were set aside, oldest first."""
    return [
        FailedEvent(
            row.pk, Event(row.event, row.subject, row.body, row.at), row.attempts, row.error, row.failed_at
        )
        for row in Outbox.objects.filter(failed_at__isnull=False).order_by("id")
        if row.failed_at is not None
    ]


def retry_failed_events() -> int:
    """Put the events that were set aside back in line; how many."""
    return Outbox.objects.filter(failed_at__isnull=False).update(failed_at=None, attempts=0)
