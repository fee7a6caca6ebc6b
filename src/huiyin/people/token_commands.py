"""`huiyin token`: the keys of other systems."""

from __future__ import annotations

from datetime import datetime

import click
from django.utils import timezone

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.accounts import find_account
from huiyin.people.models import AccessToken
from huiyin.people.tokens import LONGEST_DAYS, SCOPES, list_tokens, make_token, revoke_token


@click.group()
def token() -> None:
    """Tokens of other systems. 接口令牌"""


@token.command()
@click.option("--account", required=True, help="The login of the account that it acts as.")
@click.option("--scope", "scopes", multiple=True, required=True, help=f"One of {', '.join(SCOPES)}; repeat.")
@click.option("--days", default=90, show_default=True, help=f"How long it is good, at most {LONGEST_DAYS}.")
@click.option("--title", default="", help="What it is for.")
def create(account: str, scopes: tuple[str, ...], days: int, title: str) -> None:
    """Print a new token: now, and never again. 新建令牌"""
    found = find_account(account)
    if found is None or not found.active:
        words = Words(f"没有可用的账号 {account}。", f"There is no active account {account}.")
        raise Refusal("account-not-found", words)
    made = make_token(found.pk, title or account, scopes, days, by=None, now=timezone.now())
    click.echo(f"token {made.id}: {' '.join(scopes)}, {days} days. 只显示这一次 Shown only once:", err=True)
    click.echo(made.text)


@token.command("list")
def list_all() -> None:
    """One line a token: number, start, account, state, scopes, last use. 列出令牌"""
    now = timezone.now()
    for row in list_tokens():
        state = _state(row, now)
        used = timezone.localtime(row.last_used_at).strftime("%Y-%m-%d %H:%M") if row.last_used_at else "-"
        until = timezone.localdate(row.expires_at).isoformat()
        told = f"{row.pk:<5}{row.start}…  {row.account.login:<16}{state} {until}"
        click.echo(f"{told}  {' '.join(row.scopes)}  {used}  {row.title}")


def _state(row: AccessToken, now: datetime) -> str:
    return "revoked" if row.revoked_at else "expired" if now >= row.expires_at else "alive  "


@token.command()
@click.argument("number", type=int)
def revoke(number: int) -> None:
    """End a token at once. 吊销令牌"""
    row = revoke_token(number, by=None, now=timezone.now())
    click.echo(f"token {row.pk} ({row.title}): revoked 已吊销")
