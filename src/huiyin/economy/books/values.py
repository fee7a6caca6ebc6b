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
