"""What a webhook tells of an event: numbers, stages and times, never words or people."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings

from huiyin.cases.api import Case
from huiyin.kernel.words import Words

EVENTS: dict[str, Words] = {
    "case-opened": Words("新工单", "A case was opened"),
    "case-moved": Words("工单办到了下一步", "A case moved on"),
    "clock-warned": Words("时限快到了", "A limit is near"),
    "clock-expired": Words("时限已过", "A limit has passed"),
}
"""The events that can be asked for."""

PING = "ping"
_TOLD = ("move", "from", "to", "answered", "again", "closed", "version", "clock", "owner", "share", "due_at")
"""What is taken over from the event; its replies and titles are people's words, and stay here."""


def key_of(name: str, event: Mapping[str, Any]) -> str:
    """The same for the same event, however often it is heard."""
    parts = (name, event["case_id"], event.get("version"), event.get("clock"), event.get("due_at"))
    return ":".join(str(part) for part in (*parts, event.get("share")) if part is not None)


def make_body(name: str, event: Mapping[str, Any], case: Case, now: datetime) -> dict[str, Any]:
    """The body of one event, as Standard Webhooks lays it out, with an `id` that stays the same."""
    data = {
        "number": case.number,
        "kind": case.kind,
        "process": case.process,
        "channel": case.channel_id,
        "category": case.category.code if case.category else None,
        "opened_at": case.opened_at.isoformat(timespec="seconds"),
        "link": f"{settings.PUBLIC_ADDRESS}/console/cases/{case.number}",
        **{key: event[key] for key in _TOLD if event.get(key) is not None},
    }
    return _make(name, key_of(name, event), data, now)


def make_ping(serial: str, now: datetime) -> dict[str, Any]:
    """The body of a test."""
    return _make(PING, f"{PING}:{serial}", {}, now)


def _make(name: str, key: str, data: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    identity = "msg_" + hashlib.sha256(key.encode()).hexdigest()[:32]
    return {"id": identity, "type": name, "timestamp": now.isoformat(timespec="seconds"), "data": dict(data)}
