"""Tokens: the keys by which other systems act as an account, within named scopes and until a day."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction

from huiyin.journal.api import NewEntry, append, blind, find_by_key
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.secrets import hash_secret
from huiyin.kernel.texts import clean, shorten
from huiyin.kernel.words import Words
from huiyin.people import store
from huiyin.people.journalling import note_account
from huiyin.people.models import AccessToken, MachineUse
from huiyin.people.sign_in_rules import SECURITY_RULE
from huiyin.people.values import AccountInHand, MachineInHand, NewToken

SCOPES: dict[str, Words] = {
    "cases:read": Words("查看工单", "Read cases"),
    "cases:write": Words("登记诉求、上传附件", "Open cases, attach files"),
    "cases:move": Words("办理工单", "Move cases"),
    "register:read": Words("查看类别、单位、流程等", "Read categories, units, processes"),
}
"""What a token can be good for; what its account's posts do not allow, no scope allows."""

PREFIX = "hy_"
LONGEST_DAYS = 366
_SHOWN = len(PREFIX) + 4


@transaction.atomic
def make_token(
    account_id: int,
    title: str,
    scopes: Collection[str],
    days: int,
    *,
    by: AccountInHand | None,
    now: datetime,
    key: str | None = None,
) -> NewToken:
    """A token of 256 bits for the account, good for `days`; its text is told here and never again.

    `key` is of the form that asks for it: sent again, it makes no second token. Refuses `scope-missing`,
    `no-such-scope`, `token-days` (from 1 to `LONGEST_DAYS`) and `token-made-already`.
    """
    subject = f"account:{account_id}"
    if key and find_by_key(subject, key):
        raise Refusal("token-made-already", _MADE)
    _demand_scopes(scopes)
    if not 1 <= days <= LONGEST_DAYS:
        words = Words("有效期为 1 至 {most} 天。", "A token is good for 1 to {most} days.")
        raise Refusal("token-days", words.fill(most=LONGEST_DAYS), rule=SECURITY_RULE, field="days")
    text = PREFIX + secrets.token_urlsafe(32)
    chosen = [scope for scope in SCOPES if scope in scopes]
    row = AccessToken.objects.create(
        account_id=account_id,
        title=shorten(clean(title), 60) or "API",
        digest=hash_secret(text),
        start=text[:_SHOWN],
        scopes=chosen,
        created_at=now,
        created_by_id=by.id if by else None,
        expires_at=now + timedelta(days=days),
    )
    told = {"token": row.pk, "title": row.title, "scopes": chosen, "expires_at": row.expires_at}
    actor_id, actor = (by.id, by.signature) if by else (None, "")
    append([NewEntry(subject, "token-made", now, actor_id, actor, told, key=key)])
    return NewToken(row.pk, text)


_MADE = Words(
    "这张表已经提交过，令牌已建好，不会再显示。没有记下来的，请吊销后重新建一个。",
    "This form was sent before: the token is made and is not shown again. Revoke it if you did not keep it.",
)


def _demand_scopes(scopes: Collection[str]) -> None:
    if not scopes:
        raise Refusal(
            "scope-missing", Words("请至少选一个权限范围。", "Choose at least one scope."), field="scopes"
        )
    unknown = sorted(set(scopes) - set(SCOPES))
    if unknown:
        words = Words(
            "没有“{unknown}”这个权限范围，可选：{known}。", "No scope “{unknown}”. There are: {known}."
        )
        filled = words.fill(unknown=unknown[0], known=", ".join(SCOPES))
        raise Refusal("no-such-scope", filled, field="scopes")


@transaction.atomic
def revoke_token(token_id: int, *, by: AccountInHand | None, now: datetime) -> AccessToken:
    """From now on the token opens nothing; revoking it again changes nothing. Refuses `token-not-found`."""
    row = AccessToken.objects.select_for_update().filter(pk=token_id).first()
    if row is None:
        raise Refusal("token-not-found", Words("没有这个令牌。", "There is no such token."))
    if row.revoked_at is None:
        row.revoked_at = now
        row.save(update_fields=["revoked_at"])
        note_account("token-revoked", row.account_id, by, now, token=row.pk, title=row.title)
    return row


def list_tokens() -> list[AccessToken]:
    """Every token, newest first, with the account that it acts as and whoever made it."""
    return list(AccessToken.objects.select_related("account", "created_by").order_by("-id"))


def know_machine(token: str, address: str, now: datetime, *, counts: bool = True) -> MachineInHand:
    """Whose `token` that is, and how many requests it made this minute (or, without one, `address` did).

    One statement, which also counts this request unless `counts` is off. The address is kept blinded.
    """
    return store.know_token(hash_secret(token), blind(address, "machine-address"), now, counts=counts)


def forget_stale_uses(now: datetime) -> int:
    """Delete the counts of minutes that have passed; how many there were."""
    return MachineUse.objects.filter(minute__lt=now - timedelta(hours=1)).delete()[0]
