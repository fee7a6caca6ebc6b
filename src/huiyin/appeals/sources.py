"""Reads the rows of a file of requests: JSON lines, CSV or Excel, zipped or not, however many."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from openpyxl import load_workbook

Row = dict[str, Any]
MAX_LINE = 1_000_000


class UnreadableFile(Exception):
    """The file is of no known kind, or broken as a whole."""


def read_rows(path: Path) -> Iterator[tuple[int, Row | str]]:
    """Line number and row of each line; a line that cannot be read gives the reason as text instead."""
    name = path.name.lower()
    if name.endswith((".jsonl", ".jsonl.gz", ".ndjson")):
        yield from _read_lines(_open(path))
    elif name.endswith((".csv", ".csv.gz")):
        yield from _read_csv(_open(path))
    elif name.endswith(".xlsx"):
        yield from _read_excel(path)
    else:
        raise UnreadableFile(
            "只收 .jsonl、.jsonl.gz、.csv、.csv.gz 和 .xlsx 文件 / only .jsonl, .csv (either may be .gz) and .xlsx are taken"
        )


def count_rows(path: Path) -> int:
    """About how many rows the file has, for a progress bar: lines are counted, not read."""
    if path.suffix == ".xlsx":
        return sum(1 for _row in _read_excel(path))
    try:
        with _open(path) as file:
            return sum(1 for _line in file)
    except (EOFError, OSError):
        return 0


def _open(path: Path) -> TextIO:
    raw = gzip.open(path, "rb") if path.name.endswith(".gz") else path.open("rb")
    return io.TextIOWrapper(io.BufferedReader(raw), encoding="utf-8-sig", errors="replace", newline="")  # type: ignore[type-var, arg-type]


def _read_lines(file: TextIO) -> Iterator[tuple[int, Row | str]]:
    with file:
        for at, line in enumerate(_lines(file), start=1):
            if line.strip():
                yield at, _parse(line)


def _lines(file: TextIO) -> Iterator[str]:
    try:
        yield from file
    except (EOFError, OSError) as error:
        raise UnreadableFile(f"文件不完整 / the file is cut short: {error}") from error


def _parse(line: str) -> Row | str:
    if len(line) > MAX_LINE:
        return "line too long"
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        return f"not JSON: {error}"
    return row if isinstance(row, dict) else "not a JSON object"


def _read_csv(file: TextIO) -> Iterator[tuple[int, Row | str]]:
    with file:
        reader = csv.DictReader(file)
        try:
            for row in reader:
                yield (
                    reader.line_num,
                    "too many columns" if None in row else {key: value or "" for key, value in row.items()},
                )
        except (csv.Error, EOFError, OSError) as error:
            raise UnreadableFile(f"CSV 读不下去 / the CSV cannot be read on: {error}") from error


def _read_excel(path: Path) -> Iterator[tuple[int, Row | str]]:
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except Exception as error:
        raise UnreadableFile(f"Excel 打不开 / the workbook cannot be opened: {error}") from error
    try:
        rows = book.worksheets[0].iter_rows(values_only=True)
        names = [str(name).strip() if name is not None else "" for name in next(rows, ())]
        for at, values in enumerate(rows, start=2):
            row = {
                name: value for name, value in zip(names, values, strict=False) if name and value is not None
            }
            if row:
                yield at, row
    finally:
        book.close()
