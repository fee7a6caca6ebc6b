"""What a year's end carries forward: income and expense into the result, that into distribution; pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from huiyin.economy.books.chart import EQUITY_OF, EXPENSE, INCOME, get_chart
from huiyin.economy.books.values import Line, NewVoucher

Nets = Mapping[str, int]
"""Account or sub-account → what it holds: debit above nothing."""


def make_carry(organisation_id: int, standard: str, year: int, nets: Nets) -> list[NewVoucher]:
    """The vouchers of 31 December, in their order; none that would say nothing.

    Income, then expense, go to the year's result; the result goes to what is not distributed yet; and what
    was distributed in the year is taken off that.
    """
    chart, equity = get_chart(standard), EQUITY_OF[standard]
    kinds = {INCOME: "结转本年收入", EXPENSE: "结转本年支出"}
    made, result = [], sum(fen for code, fen in nets.items() if _head(code) == equity.result)
    for at, (kind, summary) in enumerate(kinds.items(), 1):
        lines = list(_empty(nets, {code for code in nets if chart[_head(code)].kind == kind}))
        result -= sum(line.fen for line in lines)
        made.append((at, summary, _balance(lines, equity.result)))
    lines = [Line(equity.result, -result)] if result else []
    made.append((3, "结转本年收益", _balance(lines, equity.kept)))
    given = {code for code in nets if _head(code) == equity.distribution and code != equity.kept}
    spent = list(_empty(nets, given))
    made.append((4, "结转各项分配", _balance(spent, equity.kept)))
    return [
        NewVoucher(
            organisation_id,
            date(year, 12, 31),
            summary,
            lines,
            source=f"carry:{year}",
            key=f"carry:{organisation_id}:{year}:{at}",
        )
        for at, summary, lines in made
        if len(lines) > 1
    ]


def _head(code: str) -> str:
    return code.partition("-")[0]


def _empty(nets: Nets, wanted: Collection[str]) -> Iterator[Line]:
    """Lines that leave the wanted accounts with nothing."""
    return (Line(code, -fen) for code, fen in sorted(nets.items()) if fen and code in wanted)


def _balance(lines: list[Line], against: str) -> list[Line]:
    rest = sum(line.fen for line in lines)
    return [*lines, Line(against, -rest)] if rest else lines
