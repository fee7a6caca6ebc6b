"""Reads the rows of a file of requests: JSON lines, CSV or Excel, zipped or not, however many."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, TextIO, cast

from huiyin.pages.api import Bounds, UnreadableBook, read_book

Row = dict[str, Any]
MAX_LINE = 1_000_000
WHOLE_SHEET = Bounds(rows=1_048_576, columns=400, packed=512 * 1024**2, unpacked=4 * 1024**3)
"""A file of requests may fill a sheet; it is read row by row."""
_BROKEN = (OSError, EOFError, zlib.error)
_SNIFFED = 1 << 16


class UnreadableFile(Exception):
    """The file is of no known kind, or broken as a whole."""


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be read: why, and as much of it as there is."""

    reason: str
    raw: Any


def read_rows(path: Path) -> Iterator[tuple[int, Row | BadRow]]:
    """Line number and row of each line, one after the other. Raises `UnreadableFile` where reading ends."""
    name = path.name.lower()
    if name.endswith((".jsonl", ".jsonl.gz", ".ndjson")):
        yield from _read_lines(path)
    elif name.endswith((".csv", ".csv.gz")):
        yield from _read_csv(path)
    elif name.endswith(".xlsx"):
        yield from _read_excel(path)
    else:
        raise UnreadableFile(
            "只收 .jsonl、.jsonl.gz、.csv、.csv.gz 和 .xlsx 文件 / "
            "only .jsonl, .csv (either may be .gz) and .xlsx are taken"
        )


def count_rows(path: Path) -> int:
    """About how many rows the file has, for a progress bar: lines are counted; 0 when they cannot be."""
    try:
        if path.name.lower().endswith(".xlsx"):
            return sum(1 for _row in _read_excel(path))
        with _open(path) as file:
            return sum(1 for _line in _read_bounded(file))
    except UnreadableFile:
        return 0


@contextmanager
def _open(path: Path) -> Iterator[TextIO]:
    """The text of a file, whatever it is written in; what cannot be read of it raises `UnreadableFile`."""
    try:
        with _open_bytes(path) as start:
            encoding = _guess_encoding(start.read(_SNIFFED))
        with (
            _open_bytes(path) as raw,
            io.TextIOWrapper(raw, encoding=encoding, errors="replace", newline="") as text,
        ):
            yield text
    except _BROKEN as error:
        raise UnreadableFile(f"文件不完整 / the file is cut short: {error}") from error


def _open_bytes(path: Path) -> BinaryIO:
    if path.name.lower().endswith(".gz"):
        return cast("BinaryIO", gzip.open(path, "rb"))
    return path.open("rb")


def _guess_encoding(start: bytes) -> str:
    """UTF-16 by its mark, else UTF-8, else GB 18030: as Excel on a Chinese Windows writes CSV."""
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start, final=len(start) < _SNIFFED)
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8-sig"


def _read_lines(path: Path) -> Iterator[tuple[int, Row | BadRow]]:
    with _open(path) as file:
        for at, line in enumerate(_read_bounded(file), start=1):
            if line.strip():
                yield at, _parse(line)


def _read_bounded(file: TextIO) -> Iterator[str]:
    """Line by line; of an endless one, as a bomb unpacks to, only so much as shows that it is too long."""
    while line := file.readline(MAX_LINE + 1):
        yield line
        while len(line) > MAX_LINE and not line.endswith("\n"):
            line = file.readline(MAX_LINE + 1)


def _parse(line: str) -> Row | BadRow:
    if len(line) > MAX_LINE:
        return BadRow("line too long", line[:200])
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        return BadRow(f"not JSON: {error}", line.strip())
    return row if isinstance(row, dict) else BadRow("not a JSON object", row)


def _read_csv(path: Path) -> Iterator[tuple[int, Row | BadRow]]:
    csv.field_size_limit(MAX_LINE)
    with _open(path) as file:
        try:
            reader = csv.reader(_read_bounded(file))
            names = [name.strip() for name in next(reader, [])]
            for cells in reader:
                if cells:
                    yield reader.line_num, _name_cells(names, cells)
        except csv.Error as error:
            raise UnreadableFile(f"CSV 读不下去 / the CSV cannot be read on: {error}") from error


def _name_cells(names: list[str], cells: list[str]) -> Row | BadRow:
    if any(cell.strip() for cell in cells[len(names) :]):
        return BadRow("too many columns", cells)
    return dict(zip(names, cells, strict=False))


def _read_excel(path: Path) -> Iterator[tuple[int, Row | BadRow]]:
    try:
        with path.open("rb") as file:
            rows = read_book(file, WHOLE_SHEET)
            names = [str(name).strip() if name is not None else "" for name in next(rows, ())]
            for at, values in enumerate(rows, start=2):
                if row := _name_values(names, values):
                    yield at, row
    except UnreadableBook as error:
        raise UnreadableFile(f"{error.words.zh} / {error.words.en}") from error
    except OSError as error:
        raise UnreadableFile(f"Excel 打不开 / the workbook cannot be opened: {error}") from error


def _name_values(names: list[str], values: tuple[Any, ...]) -> Row:
    pairs = zip(names, values, strict=False)
    return {name: value for name, value in pairs if name and value is not None}
