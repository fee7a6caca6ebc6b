"""Signing in and out: our own sessions, of which only a digest is kept."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.http import HttpResponse

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.secrets import hash_secret
from huiyin.kernel.words import Words
from huiyin.people import store
from huiyin.people.models import Account, Session
from huiyin.people.rules import LOCK_MINUTES, SECURITY_RULE, SESSION_HOURS, is_locked
from huiyin.people.values import AccountInHand, SignedIn

COOKIE = "huiyin_session"


def sign_in(login: str, password: str, now: datetime) -> SignedIn:
    """Start a session for `login`.

    Refuses `wrong-sign-in` (login unknown, account closed or password wrong: told alike, after equal work)
    and `account-locked` after five failures, for 15 minutes (等保2.0).
    A failure stays counted, so this must not run inside a transaction of the caller's.
    """
    account = Account.objects.filter(login=login.strip()).first()
    if account is None:
        make_password(password)
        raise _wrong()
    if is_locked(account.locked_until, now):
        raise _locked()
    if not check_password(password, account.password) or not account.active:
        raise _count_failure(account.pk, now)
    return _start(account.pk, now)


def _count_failure(account_id: int, now: datetime) -> Refusal:
    with transaction.atomic(durable=True):
        locked_until = store.count_failure(account_id, now)
    return _locked() if is_locked(locked_until, now) else _wrong()


def _start(account_id: int, now: datetime) -> SignedIn:
    token = secrets.token_urlsafe(32)
    if not store.start_session(account_id, hash_secret(token), now, now + timedelta(hours=SESSION_HOURS)):
        raise _locked()
    return SignedIn(account_id, token)


def sign_out(token: str) -> None:
    """End the session of `token`; an unknown token is let pass."""
    Session.objects.filter(digest=hash_secret(token)).delete()


def sign_out_everywhere(account_id: int) -> int:
    """End every session of an account; how many there were."""
    return Session.objects.filter(account_id=account_id).delete()[0]


def forget_stale_sessions(now: datetime) -> int:
    """Delete sessions that have ended or been idle too long; how many there were."""
    ended = Session.objects.filter(expires_at__lte=now) | Session.objects.filter(
        seen_at__lte=_idle_since(now)
    )
    return ended.delete()[0]


def find_account_in_hand(token: str, now: datetime) -> AccountInHand | None:
    """Whose session `token` is, with the posts held today, in one statement; None when it has ended."""
    return store.know_account(hash_secret(token), now, _idle_since(now))


def set_session_cookie(response: HttpResponse, token: str) -> None:
    """Hand the token to the browser: out of reach of scripts, ended with the browser."""
    response.set_cookie(COOKIE, token, httponly=True, samesite="Lax", secure=settings.SECURE_COOKIES)


def clear_session_cookie(response: HttpResponse) -> None:
    """Take the token back."""
    response.delete_cookie(COOKIE, samesite="Lax")


def _idle_since(now: datetime) -> datetime:
    return now - timedelta(minutes=settings.SESSION_MINUTES_IDLE)


def _wrong() -> Refusal:
    return Refusal(
        "wrong-sign-in",
        Words("登录名或密码不对。", "The login or the password is wrong."),
        field="password",
    )


def _locked() -> Refusal:
    return Refusal(
        "account-locked",
        Words(
            "连续输错密码，账号已锁定 {minutes} 分钟。着急的话，请安全管理员解锁。",
            "Too many wrong passwords: locked for {minutes} minutes. A security officer can unlock it.",
        ).fill(minutes=LOCK_MINUTES),
        rule=SECURITY_RULE,
    )
