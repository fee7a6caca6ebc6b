"""Balance sheet, and income and distribution statement: laid out, computed, checked against each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from huiyin.economy.books.chart import EQUITY_OF, get_chart
from huiyin.economy.books.layouts import CREDIT, CREDIT_ONLY, DEBIT, LAYOUTS, Part, Row
from huiyin.economy.books.ledgers import read_trial, read_turnover
from huiyin.economy.books.store import list_given
from huiyin.economy.organisations.api import Organisation
from huiyin.kernel.words import Words

Amounts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Figure:
    """A row of a statement with its two columns; None for a heading."""

    row: Row
    now_fen: int | None
    before_fen: int | None


@dataclass(frozen=True, slots=True)
class Check:
    """Something that must hold, and the two sums that must be the same."""

    title: Words
    left_fen: int
    right_fen: int

    @property
    def holds(self) -> bool:
        """Whether they are."""
        return self.left_fen == self.right_fen


@dataclass(frozen=True, slots=True)
class BalanceSheet:
    """资产负债表 at a day, beside the beginning of its year."""

    on: date
    assets: list[Figure]
    claims: list[Figure]
    checks: list[Check]


@dataclass(frozen=True, slots=True)
class IncomeStatement:
    """收益及收益分配表 of a year until a day, beside the whole year before."""

    until: date
    figures: list[Figure]
    checks: list[Check]


def read_balance_sheet(organisation: Organisation, on: date) -> BalanceSheet:
    """The sheet at the end of that day; Refuses nothing: what does not hold stands in its checks."""
    layout = LAYOUTS[organisation.standard]
    turns = read_turnover(organisation, date(on.year, 1, 1), on)
    now = {code: turn.closing_fen for code, turn in turns.items()}
    before = {code: turn.opening_fen for code, turn in turns.items()}
    rows = (*layout.assets, *layout.claims)
    ends, starts = compute(rows, now), compute(rows, before)
    trial = read_trial(organisation, on.replace(day=1), on)
    income = _compute_income(organisation, on.year, on)
    checks = [
        Check(
            Words("期末：资产 = 负债 + 权益", "At the end: assets = liabilities + equity"),
            ends["assets"],
            ends["claims"],
        ),
        Check(
            Words("年初：资产 = 负债 + 权益", "At the start: assets = liabilities + equity"),
            starts["assets"],
            starts["claims"],
        ),
        Check(Words("科目余额表：借方 = 贷方", "Trial balance: debits = credits"), *trial.closing),
        Check(
            Words("未分配数 = 分配表年末数", "Undistributed = that of the distribution statement"),
            ends["undistributed"],
            income["left"],
        ),
    ]
    return BalanceSheet(on, _pair(layout.assets, ends, starts), _pair(layout.claims, ends, starts), checks)


def read_income(organisation: Organisation, until: date) -> IncomeStatement:
    """The year until that day, and the whole year before."""
    layout = LAYOUTS[organisation.standard]
    now = _compute_income(organisation, until.year, until)
    before = _compute_income(organisation, until.year - 1, date(until.year - 1, 12, 31))
    turns = read_turnover(organisation, date(until.year, 1, 1), until)
    held = compute(layout.claims, {code: turn.closing_fen for code, turn in turns.items()})
    check = Check(
        Words("年末未分配数 = 资产负债表", "Undistributed at the end = balance sheet"),
        now["left"],
        held["undistributed"],
    )
    return IncomeStatement(until, _pair(layout.income, now, before), [check])


def _compute_income(organisation: Organisation, year: int, until: date) -> dict[str, int]:
    since, equity = date(year, 1, 1), EQUITY_OF[organisation.standard]
    undistributed = {equity.result, equity.distribution} | {
        code for code, one in get_chart(organisation.standard).items() if one.closes
    }
    turns = read_turnover(organisation, since, until, carried=False)
    moved = {code: turn.debit_fen - turn.credit_fen for code, turn in turns.items()}
    given = _sum_given(organisation, since, until)
    given["before"] = -sum(
        turn.opening_fen for code, turn in turns.items() if code.partition("-")[0] in undistributed
    )
    return compute(LAYOUTS[organisation.standard].income, moved, given)


def _sum_given(organisation: Organisation, since: date, until: date) -> dict[str, int]:
    """What went to the reserve, to members, and what came in, by the vouchers that touch distribution."""
    equity, given = EQUITY_OF[organisation.standard], {"reserve": 0, "members": 0, "moved": 0}
    for accounts, fen, red in list_given(organisation.pk, equity.distribution, since, until):
        sign = -1 if red else 1
        taken = sign * _sum_head(accounts, fen, equity.distribution)
        share_out(taken, -sign * _sum_head(accounts, fen, equity.reserve), given, sign)
    return given


def _sum_head(accounts: Sequence[str], fen: Sequence[int], head: str) -> int:
    return sum(one for code, one in zip(accounts, fen, strict=True) if code.partition("-")[0] == head)


def share_out(taken: int, saved: int, given: dict[str, int], sign: int = 1) -> None:
    """Add one voucher to what was given: `taken` from distribution, `saved` of it into the reserve.

    Less than nothing taken is a transfer in. `sign` is -1 for a voucher that takes another back.
    """
    if taken < 0:
        given["moved"] -= sign * taken
        return
    part = min(max(saved, 0), taken)
    given["reserve"] += sign * part
    given["members"] += sign * (taken - part)


def compute(rows: Sequence[Row], nets: Amounts, given: Amounts | None = None) -> dict[str, int]:
    """Row key → sum, from what each account or sub-account holds (debit above nothing)."""
    found: dict[str, int] = {}
    for row in rows:
        found[row.key] = (
            sum(_take(part, nets) for part in row.parts)
            + sum(found[key] for key in row.adds)
            - sum(found[key] for key in row.takes)
            + ((given or {}).get(row.given, 0) if row.given else 0)
        )
    return found


def _take(part: Part, nets: Amounts) -> int:
    held = [fen for code, fen in nets.items() if code.partition("-")[0] in part.codes]
    if part.side == DEBIT:
        return sum(held)
    if part.side == CREDIT:
        return -sum(held)
    if part.side == CREDIT_ONLY:
        return -sum(fen for fen in held if fen < 0)
    return sum(fen for fen in held if fen > 0)


def _pair(rows: Sequence[Row], now: Amounts, before: Amounts) -> list[Figure]:
    return [
        Figure(row, now[row.key], before[row.key]) if row.counts else Figure(row, None, None) for row in rows
    ]
