"""`huiyin accounts`: who may sign in."""

from __future__ import annotations

import click
from django.utils import timezone

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.accounts import find_account, list_accounts, set_password, unlock_account
from huiyin.people.models import Account
from huiyin.people.rules import is_locked


@click.group()
def accounts() -> None:
    """Accounts of the staff. 账号"""


@accounts.command("list")
def list_all() -> None:
    """One line an account: login, name, state, posts. 列出账号"""
    now = timezone.now()
    for account in list_accounts():
        state = "locked" if is_locked(account.locked_until, now) else "active" if account.active else "closed"
        posts = " ".join(
            f"{post.role}@{post.unit.key}" for post in account.posts.all() if post.until_on is None
        )
        click.echo(f"{account.login:<16}{account.name}  {state}  {posts}")


@accounts.command()
@click.argument("login")
@click.password_option(prompt="New password 新密码", help="Asked for when it is not given.")
def password(login: str, password: str) -> None:
    """Set a new password, unlock, and sign out everywhere. 重设密码"""
    set_password(_named(login).pk, password, by=None, now=timezone.now())
    click.echo(f"{login}: password set 密码已重设")


@accounts.command()
@click.argument("login")
def unlock(login: str) -> None:
    """End a lock set by failed sign-ins. 解锁"""
    unlock_account(_named(login).pk, by=None, now=timezone.now())
    click.echo(f"{login}: unlocked 已解锁")


def _named(login: str) -> Account:
    account = find_account(login)
    if account is None:
        raise Refusal("account-not-found", Words(f"没有账号 {login}。", f"There is no account {login}."))
    return account
