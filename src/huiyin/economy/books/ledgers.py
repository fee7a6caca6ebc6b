"""The books as they are read: trial balance, general and detail ledger, cash and bank journals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from huiyin.economy.books.accounts import map_titles
from huiyin.economy.books.chart import Account, get_chart
from huiyin.economy.books.rules import last_of
from huiyin.economy.books.store import list_lines, sum_months, sum_turnover
from huiyin.economy.books.values import Turnover
from huiyin.economy.organisations.api import Organisation
from huiyin.kernel.words import Words


@dataclass(frozen=True, slots=True)
class TrialRow:
    """An account over some days; `below` for a sub-account."""

    code: str
    title: Words
    turn: Turnover
    below: bool = False


@dataclass(frozen=True, slots=True)
class Trial:
    """科目余额表: its rows, and the sums of the accounts of the chart."""

    rows: list[TrialRow]
    opening: tuple[int, int]
    turned: tuple[int, int]
    closing: tuple[int, int]

    @property
    def balances(self) -> bool:
        """Whether debits are credits, three times."""
        return all(debit == credit for debit, credit in (self.opening, self.turned, self.closing))


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """A line of a ledger: a voucher's, or the sum of a day or month (`voucher_id` null)."""

    on: date
    text: str
    debit_fen: int
    credit_fen: int
    balance_fen: int
    voucher_id: int | None = None
    number: int | None = None
    account: str = ""
    sum_of: str = ""


def fold_turnover(turns: Mapping[str, Turnover], chart: Mapping[str, Account]) -> dict[str, Turnover]:
    """By the accounts of the chart alone: what sub-accounts hold stands under theirs."""
    folded = dict.fromkeys(chart, Turnover())
    for code, turn in turns.items():
        head = code.partition("-")[0]
        folded[head] = folded.get(head, Turnover()) + turn
    return folded


def read_turnover(
    organisation: Organisation, since: date, until: date, *, carried: bool = True
) -> dict[str, Turnover]:
    """Account or sub-account → turnover of these days."""
    return sum_turnover([organisation.pk], since, until, carried=carried).get(organisation.pk, {})


def read_trial(organisation: Organisation, since: date, until: date, *, below: bool = True) -> Trial:
    """The trial balance of these days: accounts that were ever used, sub-accounts under theirs."""
    turns, titles = read_turnover(organisation, since, until), map_titles(organisation)
    folded = fold_turnover(turns, get_chart(organisation.standard))
    rows = [
        TrialRow(code, titles.get(code, Words(code)), turn)
        for code, turn in folded.items()
        if turn != Turnover() or code in turns
    ]
    if below:
        rows += [
            TrialRow(code, titles.get(code, Words(code)), turn, below=True)
            for code, turn in turns.items()
            if "-" in code
        ]
    rows.sort(key=lambda row: row.code)
    heads = list(folded.values())
    return Trial(
        rows,
        _split(turn.opening_fen for turn in heads),
        (sum(turn.debit_fen for turn in heads), sum(turn.credit_fen for turn in heads)),
        _split(turn.closing_fen for turn in heads),
    )


def _split(balances: Iterable[int]) -> tuple[int, int]:
    held = list(balances)
    return sum(one for one in held if one > 0), -sum(one for one in held if one < 0)


def read_ledger(organisation: Organisation, account: str, since: date, until: date) -> list[LedgerLine]:
    """The detail ledger of an account with what is below it: the balance after each line, sums by month."""
    return _read(organisation, account, since, until, by_day=False)


def read_journal(organisation: Organisation, account: str, since: date, until: date) -> list[LedgerLine]:
    """The journal of cash or bank: as the ledger, with the sum of each day too."""
    return _read(organisation, account, since, until, by_day=True)


def _read(
    organisation: Organisation, account: str, since: date, until: date, *, by_day: bool
) -> list[LedgerLine]:
    turns = read_turnover(organisation, since, until)
    balance = sum(
        turn.opening_fen for code, turn in turns.items() if code == account or code.startswith(f"{account}-")
    )
    made = [LedgerLine(since, "", 0, 0, balance, sum_of="opening")]
    lines = list_lines(organisation.pk, account, since, until)
    for at, (pk, on, number, text, code, fen, red) in enumerate(lines):
        balance += fen
        debit, credit = (fen, 0) if (fen > 0) != red else (0, -fen)
        made.append(LedgerLine(on, text, debit, credit, balance, pk, number, code))
        after = lines[at + 1][1] if at + 1 < len(lines) else None
        if by_day and after != on:
            made.append(_sum(made, on, on, "day"))
        if after is None or (after.year, after.month) != (on.year, on.month):
            made.append(_sum(made, on.replace(day=1), last_of(on), "month"))
    return made


def _sum(made: list[LedgerLine], since: date, until: date, what: str) -> LedgerLine:
    held = [one for one in made if one.voucher_id is not None and since <= one.on <= until]
    debit, credit = sum(one.debit_fen for one in held), sum(one.credit_fen for one in held)
    return LedgerLine(made[-1].on, "", debit, credit, made[-1].balance_fen, sum_of=what)


@dataclass(frozen=True, slots=True)
class GeneralLine:
    """An account's month in the general ledger."""

    month: date
    debit_fen: int
    credit_fen: int
    balance_fen: int


@dataclass(frozen=True, slots=True)
class GeneralAccount:
    """总账 of one account: what the year began with, its months, the year's sums."""

    code: str
    title: Words
    opening_fen: int
    months: list[GeneralLine]

    @property
    def debit_fen(self) -> int:
        """The year's debits."""
        return sum(one.debit_fen for one in self.months)

    @property
    def credit_fen(self) -> int:
        """The year's credits."""
        return sum(one.credit_fen for one in self.months)


def read_general(organisation: Organisation, year: int) -> list[GeneralAccount]:
    """The general ledger of a year: accounts of the chart that held or moved something."""
    since, until = date(year, 1, 1), date(year, 12, 31)
    chart = get_chart(organisation.standard)
    opening = {
        code: turn.opening_fen
        for code, turn in fold_turnover(read_turnover(organisation, since, until), chart).items()
    }
    found = {code: GeneralAccount(code, one.title, opening[code], []) for code, one in chart.items()}
    for code, month, debit, credit in sum_months(organisation.pk, since, until):
        account = found[code]
        before = account.months[-1].balance_fen if account.months else account.opening_fen
        account.months.append(GeneralLine(month, debit, credit, before + debit - credit))
    return [one for one in found.values() if one.months or one.opening_fen]
