"""Rights given to one account by name: who may know the person behind a confidential matter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.journalling import note_account
from huiyin.people.models import Account, Post, Right
from huiyin.people.rules import MAY_REVEAL, check_reason
from huiyin.people.values import AccountInHand

CONFIDENTIAL = "confidential"
RIGHTS: dict[str, Words] = {
    CONFIDENTIAL: Words("查看保密诉求人身份", "Open the identity in confidential matters")
}
"""Every right that can be given."""

LONGEST_DAYS = 366
"""A right ends by itself after a year at most: whoever still needs it is asked for again."""

RULE = "个人信息保护法 第51条；等保2.0 GB/T 22239-2019 8.1.4.2"
"""Access to sensitive data is limited to named people, and the limits are set by the security officer."""


def holds_right(account: AccountInHand, right: str, on: date) -> bool:
    """Whether the account holds the right on that day. One statement."""
    held = Right.objects.filter(account_id=account.id, right=right, ended_at__isnull=True)
    return held.filter(since_on__lte=on, until_on__gte=on).exists()


def list_rights() -> Sequence[Right]:
    """Every right ever given, those that hold or will hold first, then the newest."""
    found = Right.objects.select_related("account", "given_by", "ended_by")
    return sorted(found.order_by("-id"), key=lambda right: not is_open(right, timezone.localdate()))


def is_open(right: Right, on: date) -> bool:
    """Whether the right holds on that day or will hold later."""
    return right.ended_at is None and right.until_on >= on


@transaction.atomic
def give_right(
    account_id: int, right: str, reason: str, since_on: date, until_on: date, *, by: AccountInHand | None,
    now: datetime,
) -> Right:  # fmt: skip
    """Give a right from `since_on` to `until_on`, both inclusive.

    Refuses `right-not-found`, `account-not-found`, `right-to-oneself`, `right-useless` (no role that works on
    cases), `right-held` (on some of the days), `bad-days` (none, in the past, over a year), `reason-needed`.
    """
    if right not in RIGHTS:
        raise Refusal("right-not-found", Words("没有这项权限。", "There is no such right."), field="right")
    told = check_reason(reason)
    _check_days(since_on, until_on, timezone.localdate(now))
    account = Account.objects.select_for_update().filter(pk=account_id, active=True).first()
    if account is None:
        raise Refusal(
            "account-not-found", Words("没有这个账号。", "There is no such account."), field="account"
        )
    _check_holder(account, by, since_on)
    _refuse_overlap(account_id, right, since_on, until_on)
    given = Right.objects.create(
        account=account, right=right, reason=told, since_on=since_on, until_on=until_on,
        given_by_id=by.id if by else None, given_at=now,
    )  # fmt: skip
    note_account(
        "right-given", account_id, by, now, right=right, reason=told, since_on=since_on, until_on=until_on
    )
    return given


def _check_days(since_on: date, until_on: date, today: date) -> None:
    if not today <= until_on or until_on < since_on or until_on - since_on > timedelta(days=LONGEST_DAYS):
        words = Words(
            "起止日期不对：不能早于今天，止日不能早于起日，最长 {days} 天。",
            "These days do not do: not before today, the last not before the first, {days} days at most.",
        )
        raise Refusal("bad-days", words.fill(days=LONGEST_DAYS), field="until_on")


def _check_holder(account: Account, by: AccountInHand | None, on: date) -> None:
    if by is not None and by.id == account.pk:
        raise Refusal(
            "right-to-oneself",
            Words("不能给自己授权，请另一位安全管理员办理。", "Nobody gives a right to themselves."),
            rule=RULE,
            field="account",
        )
    current = Post.objects.filter(account=account).filter(Q(until_on__isnull=True) | Q(until_on__gte=on))
    if not current.filter(role__in=MAY_REVEAL).exists():
        words = Words(
            "这个账号没有办理工单的岗位，授权没有用处。",
            "The account holds no role that works on cases: the right would be of no use.",
        )
        raise Refusal("right-useless", words, rule=RULE, field="account")


def _refuse_overlap(account_id: int, right: str, since_on: date, until_on: date) -> None:
    held = Right.objects.filter(account_id=account_id, right=right, ended_at__isnull=True)
    if held.filter(since_on__lte=until_on, until_on__gte=since_on).exists():
        words = Words("这段时间已经有这项权限。", "The right is held on some of these days already.")
        raise Refusal("right-held", words, field="account")


@transaction.atomic
def end_right(right_id: int, reason: str, *, by: AccountInHand | None, now: datetime) -> None:
    """End a right at once. Refuses `right-not-found` (none, or over already) and `reason-needed`."""
    told = check_reason(reason)
    held = Right.objects.select_for_update().filter(pk=right_id).first()
    if held is None or not is_open(held, timezone.localdate(now)):
        raise Refusal(
            "right-not-found", Words("没有这项授权，或者已经结束。", "There is no such right, or it is over.")
        )
    held.ended_at, held.ended_by_id = now, by.id if by else None
    held.save(update_fields=["ended_at", "ended_by"])
    note_account("right-ended", held.account_id, by, now, right=held.right, reason=told)
