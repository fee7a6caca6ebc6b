"""Closes months in their order: nothing goes in any more, what each account held is kept, with a digest."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from huiyin.economy.books.carrying import make_carry
from huiyin.economy.books.models import BookMonth, Voucher
from huiyin.economy.books.posting import digest_voucher, post_vouchers
from huiyin.economy.books.rules import RULE, first_of, last_of
from huiyin.economy.books.store import (
    count_waiting,
    find_first_open,
    find_last_closed,
    shut_months,
    sum_turnover,
)
from huiyin.economy.organisations.api import Organisation, demand, note_all
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand

CLOSERS = ("bookkeeper", "reviewer")
BATCH = 50


@dataclass(frozen=True, slots=True)
class Closed:
    """What became of one organisation's month: closed, or why not."""

    organisation: Organisation
    refusal: Refusal | None = None
    vouchers: int = 0


def close_month(organisation: Organisation, month: date, by: AccountInHand, now: datetime) -> Closed:
    """Close one month of one organisation; a December carries the year forward first. Journalled.

    Refuses `month-closed`, `month-not-over`, `earlier-month-open`, `drafts-waiting`.
    """
    demand(by, organisation, *CLOSERS)
    closed = close_all([organisation], month, by, now)[0]
    if closed.refusal is not None:
        raise closed.refusal
    return closed


def close_batches(
    organisations: Sequence[Organisation], month: date, now: datetime, tell: Callable[[int], None] | None
) -> list[Closed]:
    """The same for many, a batch a transaction, by the system; `tell` hears how many are done."""
    done: list[Closed] = []
    for at in range(0, len(organisations), BATCH):
        done += close_all(organisations[at : at + BATCH], month, None, now)
        if tell is not None:
            tell(len(done))
    return done


@transaction.atomic
def close_all(
    organisations: Sequence[Organisation], month: date, by: AccountInHand | None, now: datetime
) -> list[Closed]:
    """Close that month of each, or say why not; what one refuses does not hold up another."""
    month = first_of(month)
    ids = [one.pk for one in organisations]
    # Whoever posts holds its organisation; this waits for them, and they for this.
    list(Organisation.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk"))
    why = _list_refusals(ids, month, now)
    ready = [one for one in organisations if one.pk not in why]
    if month.month == 12:
        _carry(ready, month.year, by, now)
    rows = _write(ready, month, by, now)
    note_all(
        [
            (
                one,
                {"month": f"{month:%Y-%m}", "vouchers": rows[one.pk].vouchers, "digest": rows[one.pk].digest},
            )
            for one in ready
        ],
        "close-month",
        by,
        now,
    )
    return [
        Closed(one, why.get(one.pk), rows[one.pk].vouchers if one.pk in rows else 0) for one in organisations
    ]


def _list_refusals(ids: Sequence[int], month: date, now: datetime) -> dict[int, Refusal]:
    if last_of(month) > timezone.localdate(now):
        words = Words("{month} 还没有过完，不能结账。", "{month} is not over yet.")
        over = Refusal("month-not-over", words.fill(month=f"{month:%Y-%m}"), RULE, "month")
        return dict.fromkeys(ids, over)
    closed, opened, waiting = find_last_closed(ids), find_first_open(ids), count_waiting(ids, last_of(month))
    found = {}
    for one in ids:
        if month <= closed.get(one, date.min):
            words = Words("{month} 已经结账。", "{month} is closed already.")
            found[one] = Refusal("month-closed", words.fill(month=f"{month:%Y-%m}"), RULE, "month")
        elif opened.get(one, month) < month:
            words = Words("{month} 还没有结账，请按顺序结。", "{month} is still open: close in order.")
            found[one] = Refusal(
                "earlier-month-open", words.fill(month=f"{opened[one]:%Y-%m}"), RULE, "month"
            )
        elif one in waiting:
            words = Words(
                "还有 {count} 张凭证没有记账。请先审核、确认或作废。",
                "{count} vouchers are not on the books yet: review, confirm or drop them first.",
            )
            found[one] = Refusal("drafts-waiting", words.fill(count=waiting[one]), RULE, "month")
    return found


def _carry(organisations: Sequence[Organisation], year: int, by: AccountInHand | None, now: datetime) -> None:
    sums = sum_turnover([one.pk for one in organisations], date(year, 1, 1), date(year, 12, 31))
    vouchers = [
        voucher
        for one in organisations
        for voucher in make_carry(
            one.pk,
            one.standard,
            year,
            {code: turn.closing_fen for code, turn in sums.get(one.pk, {}).items()},
        )
    ]
    if vouchers:
        post_vouchers(vouchers, by, now)


def _write(
    organisations: Sequence[Organisation], month: date, by: AccountInHand | None, now: datetime
) -> dict[int, BookMonth]:
    ids = [one.pk for one in organisations]
    BookMonth.objects.bulk_create(
        [BookMonth(organisation_id=one, month=month) for one in ids], ignore_conflicts=True
    )
    rows = {
        one.organisation_id: one for one in BookMonth.objects.filter(organisation_id__in=ids, month=month)
    }
    found = _digest([one.pk for one in rows.values()])
    for row in rows.values():
        row.closed_at, row.digest = now, found.get(row.pk, hashlib.sha256().hexdigest())
    shut_months({row.pk: row.digest for row in rows.values()}, by.id if by else None, now, last_of(month))
    return rows


def _digest(month_ids: Iterable[int]) -> dict[int, str]:
    """Month id → SHA-256 over the digests of its vouchers in order."""
    found: dict[int, hashlib._Hash] = {}
    for voucher in Voucher.objects.filter(month_id__in=list(month_ids)).order_by("month_id", "number"):
        found.setdefault(voucher.month_id, hashlib.sha256()).update(digest_voucher(voucher).encode())
    return {month: one.hexdigest() for month, one in found.items()}


def list_altered(organisation_ids: Iterable[int]) -> list[BookMonth]:
    """Closed months whose vouchers are no longer those that were there when they were closed."""
    months = BookMonth.objects.filter(
        organisation_id__in=list(organisation_ids), closed_at__isnull=False, vouchers__gt=0
    ).order_by("organisation_id", "month")
    rows = list(months)
    digests = _digest([one.pk for one in rows])
    return [one for one in rows if digests.get(one.pk) != one.digest]
