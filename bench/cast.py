"""Who acts in the bench: accounts with open sessions, a matter and the unit that answers for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

API_SCOPES = ("cases:read", "cases:write", "cases:move", "register:read")


@dataclass(frozen=True, slots=True)
class Part:
    """An account in the bench: its session cookie's value, its API token ("" without an API), how it acts."""

    session: str
    token: str
    acting: Any


@dataclass(frozen=True, slots=True)
class Cast:
    """The parts, and the matter that lifecycles are about."""

    intake: Part
    dispatcher: Part
    handler: Part
    head: Part
    category: Any
    township: Any
    unit: Any


def make_cast() -> Cast:
    """Open sessions and tokens for a matter whose lead unit has a handler and a head."""
    from django.utils import timezone

    from huiyin.people.api import list_areas, map_units
    from huiyin.register.api import find_lead_duty, list_categories

    today = timezone.localdate()
    for township in list_areas("township"):
        for category in list_categories(3):
            duty = find_lead_duty(category.pk, township.pk, today)
            handler = _find_account("handler", duty.unit_id) if duty else None
            head = _find_account("unit-head", duty.unit_id) if duty else None
            if duty and handler and head:
                unit = map_units([duty.unit_id])[duty.unit_id]
                parts = (_open(_find_account("intake")), _open(_find_account("dispatcher")))
                return Cast(*parts, _open(handler), _open(head), category, township, unit)
    raise LookupError("the demo county has no unit with a handler and a head")


def _find_account(role: str, unit_id: int | None = None) -> Any:
    from huiyin.people.api import Account

    found = Account.objects.filter(active=True, posts__role=role).order_by("id")
    return (found.filter(posts__unit_id=unit_id) if unit_id else found).first()


def _open(account: Any) -> Part:
    from django.utils import timezone

    from huiyin.cases.api import Acting, ActingPost
    from huiyin.kernel.secrets import hash_secret, make_secret
    from huiyin.people.models import Session

    now, secret = timezone.now(), make_secret()
    Session.objects.create(
        digest=hash_secret(secret),
        account=account,
        created_at=now,
        seen_at=now,
        expires_at=now + timedelta(hours=12),
    )
    held = account.posts.select_related("unit")
    posts = tuple(ActingPost(post.unit_id, post.unit.short, post.role) for post in held)
    return Part(secret, _make_token(account, now), Acting("staff", account.name, account.pk, posts))


def _make_token(account: Any, now: Any) -> str:
    from huiyin.people import api

    if not hasattr(api, "make_token"):
        return ""
    return str(api.make_token(account.pk, "bench", API_SCOPES, 1, by=None, now=now).text)
