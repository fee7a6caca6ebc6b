"""A voucher or draft as it is shown: lines with their titles, debit and credit apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from huiyin.economy.books.api import Voucher, VoucherDraft
from huiyin.kernel.words import Words


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line as it is shown; red figures stand below nothing on their own side."""

    code: str
    title: Words
    note: str
    debit_fen: int
    credit_fen: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """The lines and their sums."""

    lines: list[ShownLine]
    debit_fen: int
    credit_fen: int

    @classmethod
    def of(cls, one: Voucher | VoucherDraft, titles: Mapping[str, Words]) -> Sheet:
        """Made of what is on the books or on its way."""
        lines = list(tell_lines(one, titles))
        return cls(lines, sum(line.debit_fen for line in lines), sum(line.credit_fen for line in lines))


def tell_lines(one: Voucher | VoucherDraft, titles: Mapping[str, Words]) -> Iterator[ShownLine]:
    """Each line; that of a reversal on the side of what it takes back."""
    red = one.reverses_id is not None
    for code, fen, note in zip(one.accounts, one.fen, one.notes, strict=True):
        debit, credit = (fen, 0) if (fen > 0) != red else (0, -fen)
        yield ShownLine(code, titles.get(code, Words(code)), note, debit, credit)


def make_money(fen: int) -> Decimal | None:
    """Yuan for a cell of a spreadsheet; nothing for nothing."""
    return Decimal(fen).scaleb(-2) if fen else None
