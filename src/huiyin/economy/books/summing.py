"""Adds up what stands on the books, by organisation and account, in one statement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from huiyin.economy.books.chart import Account
from huiyin.economy.books.store import QUERIES
from huiyin.journal.api import open_cursor

EVER = date(1900, 1, 1)
CARRIED = "carry"
"""Start of the source of vouchers that carry a year's income and expense forward into 321 and 322."""


@dataclass(frozen=True, slots=True)
class Sums:
    """Debits and credits of an account in whole fen."""

    debit_fen: int = 0
    credit_fen: int = 0

    @property
    def net_fen(self) -> int:
        """Debits less credits: the balance, when they are all there ever were."""
        return self.debit_fen - self.credit_fen


def sum_accounts(
    organisation_ids: Iterable[int], since: date, until: date, *, carried: bool = True
) -> dict[int, dict[str, Sums]]:
    """Organisation id → account or sub-account (`112-03`) → sums of these days' vouchers, both inclusive.

    An organisation without vouchers is left out. Without `carried`, what only carries forward (source
    `carry…`) is passed over: so the income and expense of a closed year can still be read.
    """
    given = {"ids": list(organisation_ids), "since": since, "until": until, "carried": carried}
    found: dict[int, dict[str, Sums]] = {}
    with open_cursor() as cursor:
        cursor.execute(QUERIES["sum_accounts"], given)
        for own, account, debit, credit in cursor.fetchall():
            found.setdefault(own, {})[account] = Sums(int(debit), int(credit))
    return found


def fold_chart(sums: Mapping[str, Sums], chart: Mapping[str, Account]) -> dict[str, Sums]:
    """The same by the accounts of the chart alone: what sub-accounts hold stands under theirs."""
    folded = dict.fromkeys(chart, Sums())
    for code, one in sums.items():
        head = code.partition("-")[0]
        held = folded.get(head, Sums())
        folded[head] = Sums(held.debit_fen + one.debit_fen, held.credit_fen + one.credit_fen)
    return folded
