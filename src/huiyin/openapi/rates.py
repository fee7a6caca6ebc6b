"""How often somebody may ask: counted by the minute in the database, by token or by network address."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.api import MachineInHand, address_of, know_machine

TOO_MANY = "requests-too-many"
RETRY = 60
"""Requests are counted by the minute."""


def know(request: HttpRequest, now: datetime) -> MachineInHand:
    """Whose token the request carries, and the count of this minute with it: one statement."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    counts = bool(settings.API_RATE_TOKEN or settings.API_RATE_ADDRESS)
    given = token.strip() if kind.lower() == "bearer" else ""
    return know_machine(given, address_of(request), now, counts=counts)


def demand_rate(machine: MachineInHand) -> None:
    """Refuse `requests-too-many` when this minute holds more requests than the settings allow."""
    most = settings.API_RATE_TOKEN if machine.alive else settings.API_RATE_ADDRESS
    if most and machine.uses > most:
        words = Words(
            "请求太频繁：每分钟最多 {most} 次。请按 Retry-After 稍后再试。",
            "Too many requests: {most} a minute. Wait as Retry-After says.",
        )
        raise Refusal(TOO_MANY, words.fill(most=most), rule="GB/T 22239-2019 8.1.4.1")


def seconds_left(now: datetime) -> int:
    """Until the minute is over and the counts begin anew."""
    return RETRY - now.second
