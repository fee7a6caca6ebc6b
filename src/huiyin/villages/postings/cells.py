"""The cells of a line as a form shows them, and as they were typed into it."""

from __future__ import annotations

from typing import Any

from huiyin.economy.postings.api import PostingLine, list_columns
from huiyin.kernel.money import read_yuan
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words


def name_field(key: str) -> str:
    """The name of the field in which a cell is typed."""
    return f"cell-{key}"


def type_cells(line: PostingLine) -> dict[str, str]:
    """The cells of a line as a form shows them, by the name of the field."""
    columns = list_columns(line.posting.columns)
    return {name_field(column.key): column.write(line.cells.get(column.key)) for column in columns}


def read_cells(line: PostingLine, typed: dict[str, str]) -> dict[str, Any]:
    """The cells as they were typed; one that said nothing and says nothing is left out.

    Refuses `bad-amount`, `bad-number`.
    """
    cells: dict[str, Any] = {}
    for column in list_columns(line.posting.columns):
        text = typed.get(name_field(column.key), "")
        if text or column.key in line.cells:
            cells[column.key] = _read_cell(column.kind, text, name_field(column.key))
    return cells


def _read_cell(kind: str, text: str, field: str) -> Any:
    if kind in {"fen", "balance"}:
        return read_yuan(text or "0", field)
    if kind in {"count", "units"}:
        plain = text.replace(",", "") or "0"
        if not (plain.isascii() and plain.removeprefix("-").isdecimal() and len(plain) < 15):
            raise Refusal("bad-number", Words("请填整数。", "Give a whole number."), field=field)
        return int(plain)
    return text
