"""`huiyin accounts`: who may sign in."""

from __future__ import annotations

import click
from django.utils import timezone

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.accounts import find_account, give_post, list_accounts, open_account, unlock_account
from huiyin.people.directory import find_unit
from huiyin.people.models import Account, UnitKind
from huiyin.people.passwords import set_password
from huiyin.people.rules import is_locked
from huiyin.people.second_factor import reset_second_factor
from huiyin.people.units import UNIT_KEEPER, UnitCard
from huiyin.process.api import ROLES


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


@accounts.command("open")
@click.argument("login")
@click.argument("name")
@click.option("--phone", default="", help="The office number that citizens may call.")
@click.password_option(prompt="First password 初始密码", help="Asked for when it is not given.")
def open_one(login: str, name: str, phone: str, password: str) -> None:
    """Open an account; its password must be changed at the first sign-in. 开账号"""
    open_account(login, name, phone, password, by=None, now=timezone.now())
    click.echo(f"{login}: account opened 账号已开通")


@accounts.command()
@click.argument("login")
@click.argument("role", type=click.Choice(list(ROLES)))
@click.argument("unit")
@click.option("--unit-name", default="", help="Open the unit under this name when there is none of that key.")
def appoint(login: str, role: str, unit: str, unit_name: str) -> None:
    """Give a role at a unit from today on, as a new county needs for its first officers. 安排岗位"""
    now, account = timezone.now(), _named(login)
    home = find_unit(unit)
    if home is None and unit_name:
        home = UNIT_KEEPER.add(UnitCard(unit, unit_name, unit_name, UnitKind.DEPARTMENT), by=None, now=now)
    if home is None:
        raise Refusal("unit-not-found", Words(f"没有单位 {unit}。", f"There is no unit {unit}."))
    give_post(account.pk, home.pk, role, timezone.localdate(now), by=None, now=now)
    click.echo(f"{login}: {role}@{unit}")


@accounts.command()
@click.argument("login")
@click.password_option(prompt="New password 新密码", help="Asked for when it is not given.")
def password(login: str, password: str) -> None:
    """Set a password that must be changed at sign-in, unlock, sign out everywhere. 重设密码"""
    set_password(_named(login).pk, password, by=None, now=timezone.now())
    click.echo(f"{login}: password set 密码已重设")


@accounts.command()
@click.argument("login")
def unlock(login: str) -> None:
    """End a lock set by failed sign-ins. 解锁"""
    unlock_account(_named(login).pk, by=None, now=timezone.now())
    click.echo(f"{login}: unlocked 已解锁")


@accounts.group("second-factor")
def second_factor() -> None:
    """The second factor of an account. 两步验证"""


@second_factor.command()
@click.argument("login")
@click.option("--reason", required=True, help="Why, for the record.")
def reset(login: str, reason: str) -> None:
    """Take away a lost second factor, and sign out everywhere. 重置两步验证"""
    reset_second_factor(_named(login).pk, reason, by=None, now=timezone.now())
    click.echo(f"{login}: second factor reset 两步验证已重置")


def _named(login: str) -> Account:
    account = find_account(login)
    if account is None:
        raise Refusal("account-not-found", Words(f"没有账号 {login}。", f"There is no account {login}."))
    return account
