"""Signing in: the password, then the code where there is a second factor, then a session."""

from __future__ import annotations

import base64
import binascii
import hashlib
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.hashers import check_password, make_password

from huiyin.journal.api import SealBroken, open_seal, seal
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.lockout import count_failure, demand_open_address, demand_unlocked
from huiyin.people.models import Account
from huiyin.people.second_factor import has_second_factor, take_code, tell_wrong_code
from huiyin.people.sessions import start_session
from huiyin.people.sign_in_log import note_sign_in
from huiyin.people.sign_in_rules import SECURITY_RULE, SignInRules
from huiyin.people.sign_in_settings import get_rules
from huiyin.people.values import NOWHERE, AccountInHand, HalfSignedIn, Origin, SignedIn

STEP_COOKIE = "huiyin_step"
STEP_LASTS = timedelta(minutes=10)
_PURPOSE = "sign-in-step"


def begin_sign_in(
    login: str, password: str, now: datetime, origin: Origin = NOWHERE
) -> SignedIn | HalfSignedIn:
    """Check the password: a session, or the step before the code for an account with a second factor.

    Refuses `wrong-sign-in` (login unknown, account closed or password wrong: told alike, after equal work),
    `account-locked` after too many failures (等保2.0), `too-many-sign-ins` from one address.
    A failure stays counted, so this must not run inside a transaction of the caller's.
    """
    rules = get_rules()
    demand_open_address(rules, now, origin)
    account = Account.objects.filter(login=login.strip()).first()
    if account is None:
        make_password(password)
        note_sign_in("unknown-login", None, now, origin, login=login)
        raise _wrong()
    demand_unlocked(account, rules, now, origin)
    if not check_password(password, account.password):
        raise count_failure(account, "wrong-password", _wrong(), rules, now, origin)
    if not account.active:
        raise count_failure(account, "closed-account", _wrong(), rules, now, origin)
    return admit(account, rules, now, origin)


def admit(
    account: Account,
    rules: SignInRules,
    now: datetime,
    origin: Origin,
    *,
    way: str = "password",
    strong: bool = False,
) -> SignedIn | HalfSignedIn:
    """A session for an account that has proven itself by `way`, or the step before the code.

    `strong`: the way itself proved a second factor.
    """
    if not strong and has_second_factor(account.pk):
        note_sign_in("first-step-passed", account, now, origin)
        return HalfSignedIn(account.pk, _write_step(account, way, now))
    signed = start_session(account, rules, now, origin, way=way, strong=strong)
    note_sign_in("signed-in" if way == "password" else f"signed-in-by-{way}", account, now, origin)
    return signed


def sign_in(login: str, password: str, now: datetime, origin: Origin = NOWHERE) -> SignedIn:
    """A session for an account without a second factor; refuses as `begin_sign_in`, and `code-needed`."""
    signed = begin_sign_in(login, password, now, origin)
    if isinstance(signed, HalfSignedIn):
        raise Refusal("code-needed", Words("还要输入验证码。", "The code is needed too."), field="code")
    return signed


def finish_sign_in(step: str, code: str, now: datetime, origin: Origin = NOWHERE) -> SignedIn:
    """The second step: a code of the phone, or a recovery code.

    Refuses `wrong-code`, which counts as a failure; `account-locked`; and `step-over` when the first step is
    older than ten minutes, was used already, or the password has changed since.
    """
    rules = get_rules()
    account, way = _read_step(step, now)
    demand_open_address(rules, now, origin)
    demand_unlocked(account, rules, now, origin)
    kind = take_code(account.pk, code, now)
    if not kind:
        raise count_failure(account, "wrong-code", tell_wrong_code(), rules, now, origin)
    signed = start_session(account, rules, now, origin, way=way, strong=True)
    note_sign_in(f"signed-in-by-{kind}", account, now, origin)
    return signed


def demand_step(step: str, now: datetime) -> str:
    """The login whose first step `step` is; refuses `step-over`."""
    return _read_step(step, now)[0].login


def prove_oneself(
    holder: AccountInHand, password: str, now: datetime, origin: Origin = NOWHERE, *, field: str = "password"
) -> None:
    """The holder proves again who they are; refuses `wrong-password`, which counts, and `account-locked`."""
    rules, account = get_rules(), Account.objects.get(pk=holder.id)
    demand_unlocked(account, rules, now, origin)
    if not check_password(password, account.password):
        words = Words("原密码不对。", "The present password is wrong.")
        wrong = Refusal("wrong-password", words, field=field)
        raise count_failure(account, "wrong-password", wrong, rules, now, origin)


def prove_code(holder: AccountInHand, code: str, now: datetime, origin: Origin = NOWHERE) -> None:
    """The holder proves the second factor again; refuses `wrong-code`, which counts, and `account-locked`."""
    rules, account = get_rules(), Account.objects.get(pk=holder.id)
    demand_unlocked(account, rules, now, origin)
    if not take_code(holder.id, code, now):
        raise count_failure(account, "wrong-code", tell_wrong_code(), rules, now, origin)


def _write_step(account: Account, way: str, now: datetime) -> str:
    told = {
        "account": account.pk,
        "stamp": _stamp(account),
        "way": way,
        "until": (now + STEP_LASTS).timestamp(),
    }
    return base64.urlsafe_b64encode(seal(told, _PURPOSE)).decode()


def _read_step(step: str, now: datetime) -> tuple[Account, str]:
    try:
        told: dict[str, Any] = open_seal(base64.urlsafe_b64decode(step.encode()), _PURPOSE)
    except (SealBroken, binascii.Error, ValueError):
        raise _step_over() from None
    account = Account.objects.filter(pk=told["account"], active=True).first()
    if account is None or told["stamp"] != _stamp(account) or told["until"] <= now.timestamp():
        raise _step_over()
    return account, told["way"]


def _stamp(account: Account) -> str:
    """Changes with every sign-in and every password: a step opens at most one session."""
    last = account.last_login.isoformat() if account.last_login else ""
    return hashlib.sha256(f"{account.password}|{last}".encode()).hexdigest()[:32]


def _wrong() -> Refusal:
    words = Words("登录名或密码不对。", "The login or the password is wrong.")
    return Refusal("wrong-sign-in", words, field="password")


def _step_over() -> Refusal:
    return Refusal(
        "step-over",
        Words(
            "第一步已过期，请重新输入登录名和密码。", "The first step is over. Give login and password anew."
        ),
        rule=SECURITY_RULE,
    )
