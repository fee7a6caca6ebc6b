"""Books balance after any sequence of vouchers, reversals and closes; a closed month stays as it was."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiyin.economy.books.api import (
    BookMonth,
    KeptBalance,
    Line,
    NewVoucher,
    Voucher,
    close_all,
    first_of,
    list_altered,
    list_unlike,
    make_carry,
    post_vouchers,
    read_balance_sheet,
    read_income,
    read_trial,
)
from huiyin.kernel.refusals import Refusal

NOW = timezone.now()
CODES = (
    "101",
    "102",
    "112",
    "113-01",
    "113-02",
    "151",
    "152",
    "211",
    "301",
    "311",
    "322",
    "401",
    "501",
    "504",
    "513",
    "521",
)
ANY = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
SOME = st.integers(1, 10**9)
POST = st.tuples(
    st.just("post"),
    st.integers(11, 14),
    st.lists(st.tuples(st.sampled_from(CODES), SOME), min_size=1, max_size=3),
)
REVERSE = st.tuples(st.just("reverse"), st.integers(11, 14), st.integers(0, 30))
CLOSE = st.tuples(st.just("close"), st.integers(11, 14), st.none())


def month_of(at: int) -> date:
    """Month 11 to 14, counted from January 2025."""
    return date(2025 + (at - 1) // 12, (at - 1) % 12 + 1, 1)


def act(village, what, at, more):
    """Try one act; what is refused leaves nothing behind."""
    day = month_of(at)
    if what == "close":
        close_all([village], day, None, NOW)
        return
    if what == "post":
        lines = [Line(code, fen) for code, fen in more]
        new = NewVoucher(village.pk, day, "试", [*lines, Line("112", -sum(line.fen for line in lines))])
    else:
        rows = list(Voucher.objects.filter(reverses=None, reversed_by=None, source="").order_by("pk"))
        if not rows:
            return
        one = rows[more % len(rows)]
        lines = [Line(code, -fen) for code, fen in zip(one.accounts, one.fen, strict=True)]
        new = NewVoucher(village.pk, max(day, one.made_on), "冲销", lines, "reversal", reverses_id=one.pk)
    closed = BookMonth.objects.filter(
        organisation=village, closed_at__isnull=False, month__gte=first_of(new.made_on)
    )
    if closed.exists():
        with pytest.raises(Refusal):
            post_vouchers([new], None, NOW)
        return
    with suppress(Refusal):  # by a gate: what it refuses leaves nothing behind
        post_vouchers([new], None, NOW)


@ANY
@given(st.lists(POST | REVERSE | CLOSE, max_size=14))
def test_books_balance_after_any_sequence(village, freely, acts):
    with transaction.atomic():
        for one in acts:
            act(village, *one)
        for at in range(11, 15):
            last = date(2025 + at // 12, at % 12 + 1, 1)  # the first of the month after
            trial = read_trial(village, month_of(at), last)
            assert trial.balances
            sheet, income = read_balance_sheet(village, last), read_income(village, last)
            assert [check for check in (*sheet.checks, *income.checks) if not check.holds] == []
        assert list_unlike() == []
        assert list_altered([village.pk]) == []
        transaction.set_rollback(True)


def test_what_was_altered_in_a_closed_month_is_found(village):
    lines = (Line("102", 5), Line("501", -5))
    post_vouchers([NewVoucher(village.pk, date(2025, 3, 1), "收租", lines)], None, NOW)
    close_all([village], date(2025, 3, 1), None, NOW)
    assert {one.account: one.debit_fen - one.credit_fen for one in KeptBalance.objects.all()} == {
        "102": 5,
        "501": -5,
    }
    Voucher.objects.update(fen=[6, -6])
    assert list_unlike() == [(village.pk, date(2025, 3, 1))]
    assert [one.month for one in list_altered([village.pk])] == [date(2025, 3, 1)]


@given(st.dictionaries(st.sampled_from((*CODES, "321", "322-01", "322-02")), st.integers(-(10**12), 10**12)))
def test_a_year_carried_forward_leaves_no_income_expense_or_result(nets):
    vouchers = make_carry(1, "collective", 2025, nets)
    held = dict(nets)
    for voucher in vouchers:
        assert sum(line.fen for line in voucher.lines) == 0
        for line in voucher.lines:
            held[line.account] = held.get(line.account, 0) + line.fen
    emptied = [fen for code, fen in held.items() if code[0] == "5" or code in {"321", "322", "322-01"}]
    assert not any(emptied)
    assert sum(held.values()) == sum(nets.values())
    assert all(held[code] == fen for code, fen in nets.items() if code[0] in "124" or code in {"301", "311"})
