"""A table of the ledger: drawn on the page and written to a spreadsheet from the same rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from huiyin.kernel.words import Words

NO_NOTE = Words("")


@dataclass(frozen=True, slots=True)
class Rate:
    """A share with what it was counted from; without a denominator there is no rate."""

    part: int
    whole: int

    @property
    def per_mille(self) -> int | None:
        """The share in thousandths, rounded half up; None when nothing was counted."""
        return (self.part * 2000 + self.whole) // (self.whole * 2) if self.whole else None

    def __str__(self) -> str:
        share = self.per_mille
        told = "–" if share is None else f"{share // 10}.{share % 10}%"
        return f"{told}（{self.part}/{self.whole}）"


@dataclass(frozen=True, slots=True)
class Linked:
    """A cell that leads somewhere."""

    title: Words | str
    url: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: its title, and whether it holds numbers."""

    title: Words
    number: bool = True


Cell = int | str | Words | Rate | Linked | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table. `total` is the last row; `note` says how the numbers are counted."""

    title: Words
    headings: Sequence[Heading]
    rows: Sequence[Sequence[Cell]]
    total: Sequence[Cell] = ()
    note: Words = NO_NOTE


def as_plain(cell: Cell) -> int | str | Words | None:
    """What a spreadsheet holds of a cell."""
    if isinstance(cell, Linked):
        return cell.title
    return str(cell) if isinstance(cell, Rate) else cell


def text_heading(zh: str, en: str) -> Heading:
    """A column of texts."""
    return Heading(Words(zh, en), number=False)


def number_headings(*titles: tuple[str, str]) -> list[Heading]:
    """Columns of numbers."""
    return [Heading(Words(zh, en)) for zh, en in titles]
