"""The values of the books: a line, a voucher to be posted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Line:
    """One line: `fen` is a debit above nothing and a credit below; `account` may be a sub-account."""

    account: str
    fen: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class NewVoucher:
    """A voucher that is ready for the books. The ids are of accounts: who made, reviewed and paid it.

    `key` makes it once; `reverses` is the id of the voucher that it takes back.
    """

    organisation_id: int
    made_on: date
    summary: str
    lines: Sequence[Line]
    source: str = ""
    key: str | None = None
    payee: str = ""
    reverses_id: int | None = None
    made_by_id: int | None = None
    reviewed_by_id: int | None = None
    paid_by_id: int | None = None


@dataclass(frozen=True, slots=True)
class DraftCard:
    """What a bookkeeper writes on a draft. `kind`: `voucher` or `opening`."""

    made_on: date
    summary: str
    lines: Sequence[Line]
    payee: str = ""
    kind: str = "voucher"


@dataclass(frozen=True, slots=True)
class Turnover:
    """An account over some days: what it held before (credit below nothing), debits, credits."""

    opening_fen: int = 0
    debit_fen: int = 0
    credit_fen: int = 0

    @property
    def closing_fen(self) -> int:
        """What it holds at the end: debit above nothing."""
        return self.opening_fen + self.debit_fen - self.credit_fen

    def __add__(self, other: Turnover) -> Turnover:
        return Turnover(
            self.opening_fen + other.opening_fen,
            self.debit_fen + other.debit_fen,
            self.credit_fen + other.credit_fen,
        )
