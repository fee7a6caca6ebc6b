"""Lets a request in: whether its token is good for the operation."""

from __future__ import annotations

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.openapi.v1.contract import Operation
from huiyin.people.api import SCOPES, MachineInHand


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
