"""The balances with which books begin: once, balanced, before the first voucher."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from huiyin.economy.books.chart import get_chart
from huiyin.economy.books.models import BookMonth, Voucher
from huiyin.economy.books.rules import RULE, month_before
from huiyin.economy.organisations.api import Organisation
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words


def check_opening(organisation: Organisation, accounts: Iterable[str]) -> None:
    """Refuse `opening-late` when vouchers are there, `opening-income` for accounts of a year's result."""
    if Voucher.objects.filter(organisation=organisation).exists():
        words = Words(
            "账上已有凭证，不能再录期初。差错请用凭证更正。",
            "There are vouchers already: opening balances are late. Correct by a voucher.",
        )
        raise Refusal("opening-late", words, RULE)
    chart = get_chart(organisation.standard)
    for code in accounts:
        if chart[code.partition("-")[0]].closes:
            words = Words(
                "{code} 是损益科目，期初没有余额。以前的损益请记入收益分配。",
                "{code} is of a year's result and opens with nothing: put earlier results into distribution.",
            )
            raise Refusal("opening-income", words.fill(code=code), RULE, "lines")


def close_before(organisation_ids: Iterable[int], month: date, by_id: int | None, now: datetime) -> None:
    """Nothing goes into the months before books begin."""
    BookMonth.objects.bulk_create(
        [
            BookMonth(organisation_id=own, month=month_before(month), closed_at=now, closed_by_id=by_id)
            for own in organisation_ids
        ],
        ignore_conflicts=True,
    )
