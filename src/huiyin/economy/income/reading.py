"""Reads the income of many organisations over some years from their books, in one statement."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from huiyin.economy.income.store import QUERIES
from huiyin.economy.income.values import YearIncome
from huiyin.journal.api import open_cursor

Incomes = dict[int, dict[int, YearIncome]]


def read_incomes(organisation_ids: Iterable[int], first: int, last: int) -> Incomes:
    """Organisation id → year → its income; a year without vouchers has nothing in it.

    What only carries a year forward is passed over, so that a closed year reads as an open one does.
    """
    ids = list(organisation_ids)
    found: Incomes = {own: {year: YearIncome(own, year) for year in range(first, last + 1)} for own in ids}
    given = {"ids": ids, "since": date(first, 1, 1), "until": date(last, 12, 31)}
    with open_cursor() as cursor:
        cursor.execute(QUERIES["read_incomes"], given)
        for own, year, operating, subsidy, other, expense in cursor.fetchall():
            found[own][year] = YearIncome(own, year, operating, subsidy, other, expense)
    return found
