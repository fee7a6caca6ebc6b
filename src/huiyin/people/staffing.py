"""Names and phones of accounts, and who may hand out which post (三员分立)."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from huiyin.kernel.changes import find_changes
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.journalling import note_account
from huiyin.people.keys import check_desk_phone, check_filled, refuse_missing
from huiyin.people.models import Account, Post
from huiyin.people.rules import APART
from huiyin.people.sign_in_rules import SECURITY_RULE
from huiyin.people.sign_in_settings import get_rules
from huiyin.people.values import AccountInHand, PostInHand

# Nothing that is read for something else.
_SIGNS = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # pragma: allowlist secret


@dataclass(frozen=True, slots=True)
class AccountCard:
    """What is kept of an account besides its posts; `phone` is the office number that citizens may call."""

    login: str
    name: str
    phone: str = ""
    active: bool = True


def describe_account(account: Account) -> AccountCard:
    """The account as a card."""
    return AccountCard(account.login, account.name, account.phone, account.active)


@transaction.atomic
def change_account(card: AccountCard, *, by: AccountInHand | None, now: datetime) -> Account:
    """Change name and phone; a closed account is opened again. Closing has its own verb.

    Refuses `entry-not-found`, `words-needed`, `bad-phone` and `not-your-duty`.
    """
    account = Account.objects.select_for_update().filter(login=card.login).first()
    if account is None:
        raise refuse_missing("login")
    changes = find_changes(describe_account(account), card)
    if not changes:
        return account
    check_filled(name=card.name)
    check_desk_phone(card.phone)
    if "active" in changes:
        check_keeper(account.pk, by)
    account.name, account.phone, account.active = card.name, card.phone, card.active
    account.save(update_fields=["name", "phone", "active"])
    note_account("account-changed", account.pk, by, now, changes=changes)
    return account


def list_roles_held(account_id: int, on: date) -> frozenset[str]:
    """The roles that the account holds on that day or will hold after it."""
    held = Post.objects.filter(Q(until_on__isnull=True) | Q(until_on__gte=on), account_id=account_id)
    return frozenset(held.values_list("role", flat=True))


def take_in_hand(account_id: int, on: date) -> AccountInHand | None:
    """An account in use with its posts of that day, for what it left to a job; None when it was closed."""
    account = Account.objects.filter(pk=account_id, active=True).first()
    if account is None:
        return None
    held = Post.objects.filter(Q(until_on__isnull=True) | Q(until_on__gte=on), since_on__lte=on)
    posts = [
        PostInHand(post.unit_id, post.unit.short, post.unit.kind, post.role, post.unit.name_en)
        for post in held.filter(account_id=account_id).select_related("unit").order_by("id")
    ]
    return AccountInHand(account.pk, account.login, account.name, tuple(posts))


def list_posts(account_id: int | None = None) -> list[Post]:
    """Every post, of one account if asked, ended ones too: by account and start, with account and unit."""
    posts = Post.objects.select_related("account", "unit").order_by("account__login", "since_on", "id")
    return list(posts.filter(account_id=account_id) if account_id else posts)


def check_keeper(account_id: int, by: AccountInHand | None) -> None:
    """Refuses `not-your-duty` for one's own account, and for whoever is not the keeper of its roles.

    Accounts of administrators, security officers and auditors are kept by a security officer, all others by
    either; the command line may do all.
    """
    roles = set(
        Post.objects.filter(account_id=account_id, until_on__isnull=True).values_list("role", flat=True)
    )
    _check(account_id, roles & APART, by)


def check_giver(account_id: int, role: str, by: AccountInHand | None) -> None:
    """Refuses `not-your-duty`: nobody gives or ends a post of their own (等保2.0).

    The posts of the three officers are given and ended by a security officer, all others by an administrator.
    """
    _check(account_id, {role} & APART, by)
    if by is not None and role not in APART and "admin" not in by.roles:
        words = Words("这个岗位由系统管理员安排。", "This post is given by an administrator.")
        raise Refusal("not-your-duty", words, rule=SECURITY_RULE, field="role")


def _check(account_id: int, apart: Iterable[str], by: AccountInHand | None) -> None:
    if by is None:
        return
    if by.id == account_id:
        words = Words(
            "自己的账号和岗位要由别人来改。", "Your own account and posts are changed by somebody else."
        )
        raise Refusal("not-your-duty", words, rule=SECURITY_RULE, field="role")
    if set(apart) and "security" not in by.roles:
        words = Words(
            "系统管理员、安全管理员、审计员由安全管理员安排（三员分立）。",
            "Administrators, security officers and auditors are appointed by a security officer.",
        )
        raise Refusal("not-your-duty", words, rule=SECURITY_RULE, field="role")


def make_password_up(login: str = "", name: str = "") -> str:
    """A fresh password that can be read out on the telephone: groups of four, of every kind of sign.

    It is as long as the rules in force ask, 19 signs at least, and holds neither login nor name.
    """
    groups = max(4, -(-(get_rules().password_length + 1) // 5))
    barred = [part for part in (login.lower(), name.lower()) if part.isalnum()]
    while True:
        made = "-".join("".join(secrets.choice(_SIGNS) for _ in range(4)) for _ in range(groups))
        kinds = (str.isdigit, str.islower, str.isupper)
        whole = all(any(kind(sign) for sign in made) for kind in kinds)
        if whole and not any(part in made.lower() for part in barred):
            return made
