"""Lets a request in: whose token it is, whether that is good for the operation, and how often it may ask."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.openapi.v1.contract import Operation
from huiyin.people.api import SCOPES, MachineInHand, address_of, know_machine

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


def demand_scope(machine: MachineInHand, operation: Operation) -> None:
    """Refuse a token that is missing, unknown, ended or revoked (401), or without the scope (403)."""
    if not operation.scope:
        return
    if not machine.alive:
        raise _turn_away(machine)
    if operation.scope not in machine.scopes:
        words = Words(
            "令牌没有“{title}”（{scope}）这个权限范围。请管理员换一个令牌。",
            "The token lacks the scope {scope} ({title}). Ask the administrator for another.",
        )
        raise Refusal(
            "scope-not-held", words.fill(scope=operation.scope, title=SCOPES[operation.scope]), rule=_RULE
        )


_RULE = "GB/T 22239-2019 8.1.4.2"
"""Access control: an account does what it was given the right to do, and no more."""


def _turn_away(machine: MachineInHand) -> Refusal:
    if machine.account is None:
        words = Words(
            "需要令牌：Authorization: Bearer hy_…。令牌缺失或不认识。",
            "A token is needed: Authorization: Bearer hy_…. There is none, or it is not known.",
        )
        return Refusal("token-unknown", words, rule=_SIGNED)
    if machine.revoked_at is not None:
        return Refusal("token-revoked", Words("令牌已吊销。", "The token was revoked."), rule=_SIGNED)
    return Refusal(
        "token-ended",
        Words("令牌已过期，或其账号已停用。", "The token has run out, or its account is closed."),
        rule=_SIGNED,
    )


_SIGNED = "GB/T 22239-2019 8.1.4.1"
"""Identification: whoever asks is known by name, and keys run out."""


def seconds_left(now: datetime) -> int:
    """Until the minute is over and the counts begin anew."""
    return RETRY - now.second
