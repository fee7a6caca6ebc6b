"""Statements checked against a year that was worked by hand; the figures are in whole yuan."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from huiyin.economy.books.api import (
    Line,
    NewVoucher,
    Subaccount,
    close_all,
    last_of,
    post_vouchers,
    read_balance_sheet,
    read_general,
    read_income,
    read_trial,
)

from . import worked_year

NOW = timezone.now()
END = date(2025, 12, 31)

TRIAL = {
    # account: opening, debits, credits, closing; debit above nothing
    "101": (2000, 7000, 7500, 1500),
    "102": (500000, 399800, 423900, 475900),
    "111": (0, 50000, 50000, 0),
    "112": (30000, 5600, 28000, 7600),
    "113": (2000, 0, 2000, 0),
    "121": (8000, 5000, 6600, 6400),
    "131": (0, 7000, 7000, 0),
    "132": (40000, 0, 0, 40000),
    "133": (-4000, 0, 2000, -6000),
    "134": (0, 5000, 0, 5000),
    "141": (0, 100000, 0, 100000),
    "151": (900000, 148000, 10000, 1038000),
    "152": (-200000, 8000, 50500, -242500),
    "153": (0, 50000, 50000, 0),
    "154": (0, 2000, 2000, 0),
    "161": (60000, 0, 0, 60000),
    "162": (-6000, 0, 6000, -12000),
    "171": (0, 9000, 1000, 8000),
    "181": (0, 600, 600, 0),
    "201": (0, 0, 20000, -20000),
    "211": (-25000, 42500, 28000, -10500),
    "212": (0, 8000, 8000, 0),
    "213": (0, 4000, 4000, 0),
    "214": (0, 2400, 3900, -1500),
    "221": (-100000, 30000, 0, -70000),
    "231": (0, 12000, 12000, 0),
    "241": (-50000, 80000, 80000, -50000),
    "301": (-600000, 0, 0, -600000),
    "311": (-500000, 0, 24000, -524000),
    "322": (-57000, 40000, 0, -17000),
    "401": (0, 10000, 9000, 1000),
    "501": (0, 0, 200500, -200500),
    "502": (0, 0, 9800, -9800),
    "503": (0, 0, 80000, -80000),
    "504": (0, 0, 2000, -2000),
    "511": (0, 55000, 0, 55000),
    "512": (0, 2400, 0, 2400),
    "513": (0, 30500, 0, 30500),
    "514": (0, 9700, 0, 9700),
    "515": (0, 3300, 0, 3300),
    "521": (0, 1500, 0, 1500),
}
SUMS = ((1542000, 1542000), (1128300, 1128300), (1845800, 1845800))

ASSETS = {
    # row: at the end, at the start
    "money": (477400, 502000),
    "receivable": (12600, 35000),  # the group that owes stands here, the one that is owed among the payables
    "stocks": (7400, 8000),
    "current-sum": (497400, 545000),
    "long": (100000, 0),
    "productive": (34000, 36000),
    "fixed": (795500, 700000),
    "intangible": (48000, 54000),
    "public": (5000, 0),
    "deferred": (8000, 0),
    "lasting-sum": (990500, 790000),
    "assets": (1487900, 1335000),
}
CLAIMS = {
    "short-loans": (20000, 0),
    "payable": (15500, 28000),
    "taxes": (1500, 0),
    "near-sum": (37000, 28000),
    "long-loans": (70000, 100000),
    "special": (50000, 50000),
    "far-sum": (120000, 150000),
    "liabilities": (157000, 178000),
    "capital": (600000, 600000),
    "reserve": (524000, 500000),
    "undistributed": (206900, 57000),
    "equity": (1330900, 1157000),
    "claims": (1487900, 1335000),
}
INCOME = {
    "operating": 200500,
    "investment": 9800,
    "subsidy": 80000,
    "spent": 55000,
    "tax": 2400,
    "management": 30500,
    "operating-result": 202400,
    "other-income": 2000,
    "public-expense": 9700,
    "other-expense": 3300,
    "result": 191400,
    "income-tax": 1500,
    "net": 189900,
    "before": 57000,
    "moved": 0,
    "distributable": 246900,
    "to-reserve": 12000,
    "to-members": 28000,
    "left": 206900,
}


@pytest.fixture
def books(village, freely):
    """The village with the worked year on its books."""
    Subaccount.objects.bulk_create(
        Subaccount(organisation=village, code=code, name=name)
        for code, name in worked_year.SUBACCOUNTS.items()
    )
    start = NewVoucher(
        village.pk, date(2025, 1, 1), "期初", worked_year.read_lines(worked_year.OPENING), "opening"
    )
    post_vouchers([start], None, NOW)
    posted: list[int] = []
    for day, summary, lines, back in worked_year.list_vouchers():
        reverses = posted[back - 1] if back else None
        new = NewVoucher(village.pk, day, summary, lines, reverses_id=reverses)
        posted.append(post_vouchers([new], None, NOW)[0].pk)
    assert len(posted) == 69
    return village


def close_year(village):
    """All twelve months, in their order."""
    for month in range(1, 13):
        assert close_all([village], date(2025, month, 1), None, NOW)[0].refusal is None


def yuan(figures, now=True):
    """Row → whole yuan of a column."""
    told = {one.row.key: one.now_fen if now else one.before_fen for one in figures}
    return {key: fen // 100 for key, fen in told.items() if fen is not None}


def fit(figures, expected, now=True):
    """Those of `expected`, and nothing anywhere else."""
    found = yuan(figures, now)
    parts = {
        "productive-cost",
        "productive-worn",
        "fixed-cost",
        "fixed-worn",
        "intangible-cost",
        "intangible-worn",
    }
    assert {key: one for key, one in found.items() if one and key not in parts} == {
        key: one for key, one in expected.items() if one
    }


def test_the_trial_balance_is_that_worked_by_hand(books):
    trial = read_trial(books, date(2025, 1, 1), END, below=False)
    found = {
        row.code: tuple(
            fen // 100
            for fen in (row.turn.opening_fen, row.turn.debit_fen, row.turn.credit_fen, row.turn.closing_fen)
        )
        for row in trial.rows
    }
    assert found == TRIAL
    assert (
        tuple((debit // 100, credit // 100) for debit, credit in (trial.opening, trial.turned, trial.closing))
        == SUMS
    )


@pytest.mark.parametrize("closed", [False, True], ids=["open", "closed and carried forward"])
def test_the_statements_are_those_worked_by_hand(books, closed):
    if closed:
        close_year(books)
    sheet, income = read_balance_sheet(books, END), read_income(books, END)
    fit(sheet.assets, {key: end for key, (end, _) in ASSETS.items()})
    fit(sheet.assets, {key: start for key, (_, start) in ASSETS.items()}, now=False)
    fit(sheet.claims, {key: end for key, (end, _) in CLAIMS.items()})
    fit(sheet.claims, {key: start for key, (_, start) in CLAIMS.items()}, now=False)
    fit(income.figures, INCOME)
    assert all(check.holds for check in (*sheet.checks, *income.checks))


def test_a_closed_year_leaves_income_and_expense_empty_and_the_result_undistributed(books):
    close_year(books)
    held = {row.code: row.turn.closing_fen // 100 for row in read_trial(books, date(2025, 12, 1), END).rows}
    assert [held[code] for code in ("501", "511", "521", "321", "322-01")] == [0] * 5
    assert held["322-02"] == -206900


def test_the_next_year_shows_this_one_beside_it(books):
    close_year(books)
    new = NewVoucher(books.pk, date(2026, 1, 8), "收租", (Line("102", 700000), Line("501", -700000)))
    post_vouchers([new], None, NOW)
    income = read_income(books, date(2026, 1, 31))
    fit(income.figures, INCOME, now=False)
    assert (yuan(income.figures)["net"], yuan(income.figures)["before"]) == (7000, 206900)
    sheet = read_balance_sheet(books, date(2026, 1, 31))
    fit(sheet.assets, {key: end for key, (end, _) in ASSETS.items()}, now=False)
    assert all(check.holds for check in (*sheet.checks, *income.checks))


def test_every_month_within_the_year_balances(books):
    for month in range(1, 13):
        sheet = read_balance_sheet(books, last_of(date(2025, month, 1)))
        assert all(check.holds for check in sheet.checks), month


def test_the_general_ledger_adds_its_months_up(books):
    bank = next(one for one in read_general(books, 2025) if one.code == "102")
    assert (bank.opening_fen, bank.debit_fen, bank.credit_fen) == (50000000, 39980000, 42390000)
    assert bank.months[-1].balance_fen == 47590000
