"""Vouchers go on the books balanced, numbered, once; the database holds to it by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from huiyin.economy.books.api import BookMonth, Line, NewVoucher, Sums, Voucher, post_vouchers, sum_accounts
from huiyin.journal.api import list_entries
from huiyin.kernel.refusals import Refusal

NOW = timezone.now()


@pytest.fixture
def rent(village, officer):
    """A rent of 1,000 yuan that came into the bank."""
    return NewVoucher(
        village.pk,
        date(2026, 3, 5),
        "收鱼塘租金",
        (Line("102", 100_000), Line("501", -100_000)),
        made_by_id=officer("bookkeeper").id,
        reviewed_by_id=officer("reviewer").id,
    )


def test_vouchers_are_numbered_within_their_month_and_stand_in_the_journal(village, rent):
    posted = post_vouchers([rent, rent, replace(rent, made_on=date(2026, 4, 1))], None, NOW)
    assert [(one.made_on.month, one.number) for one in posted] == [(3, 1), (3, 2), (4, 1)]
    entries = [one for one in list_entries(f"organisation:{village.code}") if one.verb == "post-voucher"]
    assert [one.body["number"] for one in entries] == [1, 2, 1]


def test_the_same_key_is_posted_once(rent):
    first = post_vouchers([replace(rent, key="payment:1")], None, NOW)
    assert [one.pk for one in post_vouchers([replace(rent, key="payment:1")], None, NOW)] == [first[0].pk]
    assert Voucher.objects.count() == 1


def test_what_does_not_balance_is_refused_with_both_sums(rent):
    with pytest.raises(Refusal) as refused:
        post_vouchers([replace(rent, lines=(Line("102", 100_000), Line("501", -99_900)))], None, NOW)
    assert refused.value.code == "not-balanced"
    assert "1,000.00" in refused.value.words.zh
    assert "999.00" in refused.value.words.zh


def test_whoever_makes_a_voucher_does_not_review_it(rent):
    with pytest.raises(Refusal) as refused:
        post_vouchers([replace(rent, reviewed_by_id=rent.made_by_id)], None, NOW)
    assert refused.value.code == "same-person"
    assert "会计法" in refused.value.rule


def test_nothing_goes_into_a_closed_month(village, rent):
    post_vouchers([rent], None, NOW)
    BookMonth.objects.update(closed_at=NOW)
    with pytest.raises(Refusal) as refused:
        post_vouchers([rent], None, NOW)
    assert refused.value.code == "month-closed"


def test_the_database_itself_takes_no_voucher_that_does_not_balance(rent):
    posted = post_vouchers([rent], None, NOW)[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        Voucher.objects.filter(pk=posted.pk).update(fen=[100_000, -99_999])
    with pytest.raises(IntegrityError), transaction.atomic():
        Voucher.objects.filter(pk=posted.pk).update(fen=[100_000, -50_000, -50_000])


def test_what_stands_on_the_books_adds_up_by_account(village, rent):
    post_vouchers([rent, replace(rent, made_on=date(2026, 12, 31), source="carry:2026")], None, NOW)
    year = (date(2026, 1, 1), date(2026, 12, 31))
    assert sum_accounts([village.pk], *year)[village.pk]["501"] == Sums(0, 200_000)
    assert sum_accounts([village.pk], *year, carried=False)[village.pk]["501"] == Sums(0, 100_000)
