"""How the cells of a sheet are written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from huiyin.kernel.money import tell_yuan
from huiyin.kernel.words import Words

MONEY = frozenset({"fen", "balance"})
NUMBERS = frozenset({"count", "units"})


@dataclass(frozen=True, slots=True)
class Column:
    """A column as it is stored with a sheet."""

    key: str
    kind: str
    title: Words

    @property
    def numeric(self) -> bool:
        """Whether its cells are numbers."""
        return self.kind in MONEY or self.kind in NUMBERS

    def write(self, value: Any) -> str:
        """The cell in words: money in yuan, numbers with separators, nothing as nothing."""
        if value is None or value == "":
            return ""
        if self.kind in MONEY and isinstance(value, int):
            return tell_yuan(value)
        if self.kind in NUMBERS and isinstance(value, int):
            return f"{value:,}"
        return str(value)


def list_columns(stored: Sequence[Mapping[str, Any]]) -> list[Column]:
    """The columns as a posting keeps them."""
    return [Column(one["key"], one["kind"], Words(one["zh"], one["en"])) for one in stored]


def write_cells(columns: Sequence[Column], cells: Mapping[str, Any]) -> tuple[str, list[tuple[Column, str]]]:
    """The first text cell as the heading, and the others that say something."""
    head = next((column for column in columns if column.kind == "text" and cells.get(column.key)), None)
    told = [
        (column, said)
        for column in columns
        if column is not head and (said := column.write(cells.get(column.key)))
    ]
    return (head.write(cells.get(head.key)) if head else ""), told
