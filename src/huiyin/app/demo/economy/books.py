"""Three years of books for each organisation: opening balances, vouchers month by month, months closed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from huiyin.app.demo.economy.bookkeeping import Hands, Keeper, make_opening, write_month
from huiyin.economy.books.api import (
    BookMonth,
    DraftState,
    NewVoucher,
    Subaccount,
    Voucher,
    VoucherDraft,
    close_all,
    last_of,
    month_before,
    post_vouchers,
)
from huiyin.economy.organisations.api import Organisation
from huiyin.people.api import Post

YEARS = 3
"""This month and the one before it are still open."""

WITH_DRAFTS = 12
DRAFTS = (
    (DraftState.DRAFT, "购置办公桌椅", (("151", 268_000),), ""),
    (DraftState.DRAFT, "垫付防汛物资", (("514", 152_000), ("102", -152_000)), "缺购货清单，请补附件"),
    (DraftState.REVIEW, "计提本月管护人员工资", (("513", 360_000), ("212", -360_000)), ""),
    (DraftState.CASH, "支付村道路灯电费", (("514", 84_620), ("102", -84_620)), ""),
    (DraftState.DROPPED, "重复录入的话费", (("513", 12_800), ("101", -12_800)), ""),
)


def fill_books(now: datetime) -> None:
    """Keep the books of every organisation that has none, closed until two months ago; a few drafts wait."""
    fresh = list(Organisation.objects.exclude(pk__in=Voucher.objects.values("organisation")).order_by("code"))
    fresh = [one for one in fresh if one.standard == "collective"]
    if not fresh:
        return
    today = timezone.localdate(now)
    hands = _find_hands(fresh)
    keepers = [
        Keeper(one, random.Random(f"books-{one.code}"), hands[one.pk])  # noqa: S311  # invented
        for one in fresh
    ]
    Subaccount.objects.bulk_create(sub for keeper in keepers for sub in keeper.subaccounts())
    first = date(today.year - YEARS + 1, 1, 1)
    _begin(keepers, first)
    closed = month_before(month_before(today))
    for month in _list_months(first, today):
        until = min(last_of(month), today)
        new = [voucher for keeper in keepers for voucher in write_month(keeper, month, until)]
        post_vouchers(sorted(new, key=_order), None, min(now, _evening(until)))
        if month <= closed:
            close_all(fresh, month, None, min(now, _evening(last_of(month) + timedelta(days=6))))
    _leave_drafts(keepers[:WITH_DRAFTS], today, now)


def _order(voucher: NewVoucher) -> tuple[int, date]:
    return voucher.organisation_id, voucher.made_on


def _evening(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(18)))


def _list_months(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first = last_of(first) + timedelta(days=1)


def _begin(keepers: list[Keeper], first: date) -> None:
    at = _evening(first - timedelta(days=1))
    BookMonth.objects.bulk_create(
        BookMonth(organisation=keeper.organisation, month=month_before(first), closed_at=at)
        for keeper in keepers
    )
    post_vouchers([make_opening(keeper, first) for keeper in keepers], None, _evening(first))


def _find_hands(organisations: list[Organisation]) -> dict[int, Hands]:
    units = {one.unit_id: one.pk for one in organisations}
    held: dict[int, dict[str, int]] = {one.pk: {} for one in organisations}
    for post in Post.objects.filter(unit_id__in=units, role__in=Hands._fields).order_by("-id"):
        held[units[post.unit_id]][post.role] = post.account_id
    return {pk: Hands(*(roles.get(role) for role in Hands._fields)) for pk, roles in held.items()}


def _leave_drafts(keepers: list[Keeper], today: date, now: datetime) -> None:
    made = []
    for keeper in keepers:
        if keeper.hands.bookkeeper is None:
            continue
        for state, summary, lines, reason in DRAFTS:
            past = state == DraftState.CASH
            made.append(
                VoucherDraft(
                    organisation=keeper.organisation,
                    state=state,
                    made_on=today - timedelta(days=keeper.rng.randint(0, min(5, today.day - 1))),
                    summary=summary,
                    accounts=[code for code, _ in lines],
                    fen=[fen for _, fen in lines],
                    notes=["" for _ in lines],
                    reason=reason,
                    made_by_id=keeper.hands.bookkeeper,
                    reviewed_by_id=keeper.hands.reviewer if past else None,
                    changed_at=now,
                )
            )
    VoucherDraft.objects.bulk_create(made)
