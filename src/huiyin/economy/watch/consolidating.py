"""The balance sheets of many organisations added up, and what each of them contributes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from huiyin.economy.books.api import EVER, LAYOUTS, Figure, Row, Sums, compute, sum_accounts
from huiyin.economy.organisations.api import Organisation

INCOME, EXPENSE = ("501", "502", "503", "504"), ("511", "512", "513", "514", "515", "521")


@dataclass(frozen=True, slots=True)
class Position:
    """What one organisation has at a day, and took in and spent in its year until then; whole fen."""

    organisation: Organisation
    assets_fen: int
    liabilities_fen: int
    equity_fen: int
    income_fen: int
    expense_fen: int

    @property
    def balances(self) -> bool:
        """Whether assets are liabilities and equity."""
        return self.assets_fen == self.liabilities_fen + self.equity_fen


@dataclass(frozen=True, slots=True)
class Consolidated:
    """The sheet of all of them together, at a day and at the beginning of its year."""

    on: date
    assets: Sequence[Figure]
    claims: Sequence[Figure]
    positions: Sequence[Position]


def consolidate(organisations: Iterable[Organisation], standard: str, on: date) -> Consolidated:
    """Add up the sheets of the organisations that keep books by `standard`, in three statements.

    Each sheet is laid out by itself first: what one owes another is not netted away.
    """
    held = [one for one in organisations if one.standard == standard]
    ids, start = [one.pk for one in held], date(on.year, 1, 1)
    layout = LAYOUTS[standard]
    rows = (*layout.assets, *layout.claims)
    ends = _lay_out(rows, ids, sum_accounts(ids, EVER, on))
    starts = _lay_out(rows, ids, sum_accounts(ids, EVER, start - timedelta(days=1)))
    moved = sum_accounts(ids, start, on, carried=False)
    positions = [_make(one, ends[one.pk], moved.get(one.pk, {})) for one in held]
    now, before = _add_up(rows, ends), _add_up(rows, starts)
    return Consolidated(on, _pair(layout.assets, now, before), _pair(layout.claims, now, before), positions)


def _lay_out(
    rows: Sequence[Row], ids: Sequence[int], sums: Mapping[int, Mapping[str, Sums]]
) -> dict[int, dict[str, int]]:
    return {own: compute(rows, {code: one.net_fen for code, one in sums.get(own, {}).items()}) for own in ids}


def _make(organisation: Organisation, figures: Mapping[str, int], moved: Mapping[str, Sums]) -> Position:
    return Position(
        organisation,
        figures["assets"],
        figures["liabilities"],
        figures["equity"],
        -_take(moved, INCOME),
        _take(moved, EXPENSE),
    )


def _take(moved: Mapping[str, Sums], heads: Sequence[str]) -> int:
    return sum(one.net_fen for code, one in moved.items() if code.partition("-")[0] in heads)


def _add_up(rows: Sequence[Row], sheets: Mapping[int, Mapping[str, int]]) -> dict[str, int]:
    return {row.key: sum(sheet[row.key] for sheet in sheets.values()) for row in rows}


def _pair(rows: Sequence[Row], now: Mapping[str, int], before: Mapping[str, int]) -> list[Figure]:
    return [
        Figure(row, now[row.key], before[row.key]) if row.counts else Figure(row, None, None) for row in rows
    ]
