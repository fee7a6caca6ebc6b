"""What stands around the form of one entry: why it is so, where it leads, the posts of an account."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from huiyin.administration.setup.fields import Row
from huiyin.administration.setup.listings import Listing
from huiyin.administration.setup.lists.options import list_unit_options
from huiyin.kernel.words import Words
from huiyin.people.api import Account, Post, find_account, get_account_of, list_posts
from huiyin.process.api import ROLES

_APART = ("admin", "security", "auditor")


def describe_entry(request: HttpRequest, listing: Listing, row: Row | None) -> dict[str, Any]:
    """Explanation and links of an entry that is there; of an account its lock, posts, and roles to give."""
    told: dict[str, Any] = {
        "explained": listing.explain(row) if row and listing.explain else None,
        "links": listing.links(row) if row and listing.links else [],
        "account": None,
    }
    account = find_account(row["login"]) if row and listing.key == "accounts" else None
    return told | _describe_account(request, account) if account else told


def _describe_account(request: HttpRequest, account: Account) -> dict[str, Any]:
    now = timezone.now()
    today = timezone.localdate(now)
    by = get_account_of(request)
    return {
        "account": account,
        "locked": account.locked_until is not None and account.locked_until > now,
        "posts": [(post, ROLES[post.role], _state_of(post, today)) for post in list_posts(account.pk)],
        "units": list_unit_options(),
        "roles": [(key, title) for key, title in ROLES.items() if may_give(key, by.roles)],
        "today": today.isoformat(),
        "own": by.id == account.pk,
    }


def may_give(role: str, roles: frozenset[str]) -> bool:
    """Whether somebody with `roles` is offered to give `role`: the three officers' by security alone."""
    return ("security" in roles) if role in _APART else ("admin" in roles)


def _state_of(post: Post, today: Any) -> Words:
    if post.since_on > today:
        return Words("未到任", "To come")
    if post.until_on is not None and post.until_on < today:
        return Words("已结束", "Ended")
    return Words("在任", "Held")
