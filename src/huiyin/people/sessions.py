"""Our own sessions, of which only a digest is kept: started, renewed, listed, ended."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpResponse

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.secrets import hash_secret
from huiyin.kernel.words import Words
from huiyin.people import store
from huiyin.people.lockout import tell_locked
from huiyin.people.models import Account, Session
from huiyin.people.sign_in_log import note_sign_in
from huiyin.people.sign_in_rules import SignInRules
from huiyin.people.sign_in_settings import get_rules
from huiyin.people.values import NOWHERE, AccountInHand, Origin, SessionLine, SignedIn

COOKIE = "huiyin_session"


def start_session(
    account: Account,
    rules: SignInRules,
    now: datetime,
    origin: Origin = NOWHERE,
    *,
    way: str = "password",
    strong: bool = False,
) -> SignedIn:
    """A fresh session; refuses `account-locked` when a lock fell, or the account was closed, meanwhile."""
    token = secrets.token_urlsafe(32)
    session = {
        "account_id": account.pk,
        "digest": hash_secret(token),
        "now": now,
        "expires_at": now + timedelta(hours=rules.session_hours),
        "way": way,
        "strong": strong,
        "address": origin.address,
        "agent": origin.agent,
    }
    if not store.start_session(session):
        raise tell_locked(rules)
    return SignedIn(account.pk, token)


def sign_out(token: str, now: datetime, origin: Origin = NOWHERE) -> str:
    """End the session of `token`; by which way it had begun. An unknown token is let pass, with no way."""
    session = Session.objects.select_related("account").filter(digest=hash_secret(token)).first()
    if session is None:
        return ""
    session.delete()
    note_sign_in("signed-out", session.account, now, origin)
    return session.way


def sign_out_everywhere(account_id: int, but: str = "") -> int:
    """End every session of an account, but that of the token `but`; how many there were."""
    sessions = Session.objects.filter(account_id=account_id)
    return sessions.exclude(digest=hash_secret(but)).delete()[0]


def renew_session(token: str, *, strong: bool = False) -> str:
    """A new token for the session of `token`, which no longer opens it; `strong` marks a proven factor."""
    fresh = secrets.token_urlsafe(32)
    changes: dict[str, object] = {"digest": hash_secret(fresh), **({"strong": True} if strong else {})}
    Session.objects.filter(digest=hash_secret(token)).update(**changes)
    return fresh


def list_sessions(account_id: int, token: str, now: datetime) -> list[SessionLine]:
    """The live sessions of an account, that of `token` first, then the latest seen first."""
    idle_since = now - timedelta(minutes=get_rules().idle_minutes)
    here = hash_secret(token)
    lines = [
        SessionLine(
            bytes(session.digest)[:12].hex(), session.created_at, session.seen_at, session.expires_at,
            session.address, session.agent, bytes(session.digest) == here,
        )
        for session in Session.objects.filter(
            account_id=account_id, expires_at__gt=now, seen_at__gt=idle_since
        ).order_by("-seen_at")
    ]  # fmt: skip
    return sorted(lines, key=lambda line: not line.here)


def end_session(holder: AccountInHand, key: str, now: datetime, origin: Origin = NOWHERE) -> None:
    """End one of the holder's own sessions, by its key in `list_sessions`; refuses `session-not-found`."""
    own = Session.objects.select_related("account").filter(account_id=holder.id)
    session = next((one for one in own if bytes(one.digest)[:12].hex() == key), None)
    if session is None:
        raise Refusal("session-not-found", Words("这个登录已经结束了。", "This session has ended already."))
    session.delete()
    note_sign_in("session-ended", session.account, now, origin)


def forget_stale_sessions(now: datetime) -> int:
    """Delete sessions that have ended or been idle for a day too long; how many there were.

    An idle one is kept for a day, so that whoever comes back is told why they are asked to sign in.
    """
    idle = now - timedelta(minutes=get_rules().idle_minutes, days=1)
    ended = Session.objects.filter(expires_at__lte=now) | Session.objects.filter(seen_at__lte=idle)
    return ended.delete()[0]


def find_account_in_hand(token: str, now: datetime) -> AccountInHand | None:
    """Whose session `token` is, with the posts held today, in one statement; None when it has ended."""
    return store.know_account(hash_secret(token), now, settings.SESSION_MINUTES_IDLE)


def tell_ending(token: str, now: datetime) -> str:
    """Why the session of `token` has ended: `idle`, `over` (its hours are up), or nothing that is known."""
    session = Session.objects.filter(digest=hash_secret(token)).first()
    if session is None:
        return ""
    return "over" if session.expires_at <= now else "idle"


def set_session_cookie(response: HttpResponse, token: str) -> None:
    """Hand the token to the browser: out of reach of scripts, ended with the browser."""
    response.set_cookie(COOKIE, token, httponly=True, samesite="Lax", secure=settings.SECURE_COOKIES)


def clear_session_cookie(response: HttpResponse) -> None:
    """Take the token back."""
    response.delete_cookie(COOKIE, samesite="Lax")
