"""Counting failures: they lock the account, and hold the address they come from."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people import store
from huiyin.people.models import Account
from huiyin.people.rules import is_locked
from huiyin.people.sign_in_log import count_failures_from, note_sign_in
from huiyin.people.sign_in_rules import SECURITY_RULE, SignInRules
from huiyin.people.values import NOWHERE, Origin


def demand_open_address(rules: SignInRules, now: datetime, origin: Origin) -> None:
    """Refuses `too-many-sign-ins` when too many sign-ins of any account failed from this address of late."""
    since = now - timedelta(minutes=rules.lock_minutes)
    if origin.address and count_failures_from(origin.address, since) >= rules.address_failures:
        note_sign_in("address-held", None, now, origin)
        raise Refusal(
            "too-many-sign-ins",
            Words(
                "这个网络地址登录失败太多次，请过 {minutes} 分钟再试。着急的话，请找安全管理员。",
                "Too many failed sign-ins from this address. Wait {minutes} minutes, or ask an officer.",
            ).fill(minutes=rules.lock_minutes),
            rule=SECURITY_RULE,
        )


def demand_unlocked(account: Account, rules: SignInRules, now: datetime, origin: Origin = NOWHERE) -> None:
    """Refuses `account-locked` while a lock holds."""
    if is_locked(account.locked_until, now):
        note_sign_in("while-locked", account, now, origin)
        raise tell_locked(rules)


def count_failure(
    account: Account,
    outcome: str,
    wrong: Refusal,
    rules: SignInRules,
    now: datetime,
    origin: Origin = NOWHERE,
) -> Refusal:
    """Count a failure and log it; `wrong`, or `account-locked` when this one locked the account.

    It stays counted, so this must not run inside a transaction of the caller's.
    """
    lock_end = now + timedelta(minutes=rules.lock_minutes)
    with transaction.atomic(durable=True):
        until = store.count_failure(account.pk, now, rules.failures_allowed, lock_end)
        note_sign_in(outcome, account, now, origin)
        if is_locked(until, now):
            note_sign_in("locked", account, now, origin)
    return tell_locked(rules) if is_locked(until, now) else wrong


def tell_locked(rules: SignInRules) -> Refusal:
    """The refusal of a locked account."""
    return Refusal(
        "account-locked",
        Words(
            "连续输错密码或验证码，账号已锁定 {minutes} 分钟。着急的话，请安全管理员解锁。",
            "Too many failures: locked for {minutes} minutes. A security officer can unlock it.",
        ).fill(minutes=rules.lock_minutes),
        rule=SECURITY_RULE,
    )
