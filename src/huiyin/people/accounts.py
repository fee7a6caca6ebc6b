"""Opening and closing accounts, posts, unlocking. Every change is written to the journal."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Q

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.people.journalling import note_account
from huiyin.people.models import Account, Post
from huiyin.people.rules import check_password_strength, clashing_roles
from huiyin.people.sessions import sign_out_everywhere
from huiyin.people.sign_in_log import note_sign_in
from huiyin.people.sign_in_rules import SECURITY_RULE
from huiyin.people.sign_in_settings import get_rules
from huiyin.people.staffing import check_giver, check_keeper
from huiyin.people.values import AccountInHand
from huiyin.process.api import ROLES


def list_accounts() -> list[Account]:
    """Every account by login, with its posts and their units loaded."""
    return list(Account.objects.order_by("login").prefetch_related("posts__unit"))


def find_account(login: str) -> Account | None:
    """The account with this login, closed ones too."""
    return Account.objects.filter(login=login.strip()).first()


def find_accounts(name: str) -> tuple[int, ...]:
    """The ids of accounts with this login or name, whole or in part; closed ones too."""
    found = Account.objects.filter(Q(login__icontains=name) | Q(name__icontains=name))
    return tuple(found.order_by("pk").values_list("pk", flat=True))


def map_account_names(ids: Iterable[int]) -> dict[int, str]:
    """Name and login of accounts by id; unknown ids are left out. One statement."""
    found = Account.objects.filter(pk__in=set(ids))
    return {account.pk: f"{account.name} ({account.login})" for account in found}


def get_account(account_id: int) -> Account:
    """The account; refuses `account-not-found`."""
    account = Account.objects.filter(pk=account_id).first()
    if account is None:
        raise _unknown()
    return account


@transaction.atomic
def open_account(
    login: str, name: str, phone: str, password: str, *, by: AccountInHand | None, now: datetime
) -> Account:
    """A new account without posts. Refuses `login-taken` and `weak-password`.

    Its password opens nothing but the page that changes it.
    """
    if find_account(login):
        raise Refusal("login-taken", Words("这个登录名已经有人用。", "This login is taken."), field="login")
    check_password_strength(password, login, get_rules(), name)
    account = Account.objects.create(
        login=login.strip(),
        name=clean(name),
        phone=phone,
        password=make_password(password),
        password_set_at=now,
        must_change_password=True,
    )
    note_account("account-opened", account.pk, by, now, login=account.login)
    return account


@transaction.atomic
def close_account(account_id: int, *, by: AccountInHand | None, now: datetime) -> None:
    """The account can no longer sign in, and is signed out everywhere. Refuses `not-your-duty`."""
    account = lock_account(account_id)
    check_keeper(account_id, by)
    account.active = False
    account.save(update_fields=["active"])
    sign_out_everywhere(account_id)
    note_account("account-closed", account_id, by, now)


@transaction.atomic
def give_post(
    account_id: int, unit_id: int, role: str, since_on: date, *, by: AccountInHand | None, now: datetime
) -> Post:
    """Give a role at a unit. Refuses `role-not-found`, `not-your-duty`, `roles-clash` and `post-held`."""
    if role not in ROLES:
        raise Refusal("role-not-found", Words("没有这个岗位。", "There is no such role."), field="role")
    lock_account(account_id)
    check_giver(account_id, role, by)
    held = Post.objects.filter(account_id=account_id).exclude(until_on__lt=since_on)
    if held.filter(unit_id=unit_id, role=role).exists():
        raise Refusal(
            "post-held", Words("这个人已有这个岗位。", "The account already holds this post."), field="role"
        )
    _refuse_clash({*held.values_list("role", flat=True), role})
    post = Post.objects.create(account_id=account_id, unit_id=unit_id, role=role, since_on=since_on)
    note_account("post-given", account_id, by, now, unit=unit_id, role=role, since_on=since_on)
    return post


def _refuse_clash(roles: set[str]) -> None:
    clashes = clashing_roles(roles)
    if clashes:
        one, other = (ROLES[role] for role in clashes[0])
        words = Words(
            "{one}和{other}不能由同一个人担任，请另外安排一人。",
            "One person cannot be both {one} and {other}. Give the post to somebody else.",
        )
        raise Refusal("roles-clash", words.fill(one=one, other=other), rule=SECURITY_RULE, field="role")


@transaction.atomic
def end_post(post_id: int, until_on: date, *, by: AccountInHand | None, now: datetime) -> None:
    """The post is held up to and including `until_on`.

    Refuses `post-not-found`, `not-your-duty`, `ends-before-start`, and `post-over`: one that has an earlier
    end is not made longer, a new one is given.
    """
    post = Post.objects.select_for_update().filter(pk=post_id).first()
    if post is None:
        raise Refusal("post-not-found", Words("没有这个任职。", "There is no such post."))
    check_giver(post.account_id, post.role, by)
    if until_on < post.since_on:
        words = Words("结束日期早于开始日期。", "The post would end before it begins.")
        raise Refusal("ends-before-start", words, field="until_on")
    if post.until_on is not None and until_on > post.until_on:
        words = Words(
            "这个任职已经定了更早的结束日期，需要继续的请新给一个。",
            "It ends earlier already: give a new post.",
        )
        raise Refusal("post-over", words, field="until_on")
    post.until_on = until_on
    post.save(update_fields=["until_on"])
    note_account("post-ended", post.account_id, by, now, unit=post.unit_id, role=post.role, until_on=until_on)


@transaction.atomic
def unlock_account(account_id: int, *, by: AccountInHand | None, now: datetime) -> None:
    """End a lock set by failed sign-ins."""
    account = lock_account(account_id)
    account.failed_count, account.locked_until = 0, None
    account.save(update_fields=["failed_count", "locked_until"])
    note_sign_in("unlocked", account, now)
    note_account("account-unlocked", account_id, by, now)


def lock_account(account_id: int) -> Account:
    """The account, held until the transaction ends; refuses `account-not-found`."""
    account = Account.objects.select_for_update().filter(pk=account_id).first()
    if account is None:
        raise _unknown()
    return account


def _unknown() -> Refusal:
    return Refusal("account-not-found", Words("没有这个账号。", "There is no such account."), field="login")
