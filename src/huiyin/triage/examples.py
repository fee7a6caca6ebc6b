"""Reads rows out of files for the commands: JSON lines or CSV, zipped or not; says which line is bad."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

KINDS = (".jsonl", ".ndjson", ".json", ".csv")
MOST_SIGNS = 1_000_000


class UnreadableRows(Exception):
    """The file, or one line of it, cannot be read; says which and why."""


@dataclass(frozen=True, slots=True)
class RowRead:
    """One row of a file. `row` is what the file calls it, else the number of its line; no label is ""."""

    line: int
    row: Any
    subject: str
    detail: str
    label: str
    group: str | None


def read_rows(path: Path, *, labelled: bool) -> list[RowRead]:
    """Every row of the file, in order. Raises `UnreadableRows` with the line at fault.

    With `labelled` a row without a label is at fault. `subject`, `detail`, `group` may be left out or null;
    such a row needs some text.
    """
    rows = [_settle(line, told, labelled=labelled) for line, told in _read(path)]
    if not rows:
        raise UnreadableRows(f"{path.name}：文件里没有数据 / there is no row in it")
    return rows


def _read(path: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    name = path.name.lower().removesuffix(".gz")
    if not name.endswith(KINDS):
        raise UnreadableRows(
            f"{path.name}：只收 .jsonl、.jsonl.gz、.csv、.csv.gz / only .jsonl and .csv, either may be .gz"
        )
    text = _read_text(path)
    yield from _read_csv(text) if name.endswith(".csv") else _read_lines(text)


def _read_text(path: Path) -> str:
    """The whole text in UTF-8, with or without its mark, else in GB 18030 as Excel in China writes it."""
    try:
        raw = path.read_bytes()
        content = gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw
    except (OSError, EOFError) as error:
        raise UnreadableRows(f"{path.name}：文件打不开或不完整 / cannot be read: {error}") from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableRows(f"{path.name}：不是 UTF-8 文本 / not UTF-8 text")


def _read_lines(text: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for number, line in enumerate(text.split("\n"), start=1):
        told = line.strip().removeprefix("\ufeff")
        if told:
            yield number, _parse(number, told)


def _parse(number: int, line: str) -> Mapping[str, Any]:
    try:
        told = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UnreadableRows(f"第 {number} 行不是 JSON / line {number} is not JSON: {error}") from error
    if not isinstance(told, dict):
        raise UnreadableRows(f"第 {number} 行不是 JSON 对象 / line {number} is not a JSON object")
    return told


def _read_csv(text: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    csv.field_size_limit(MOST_SIGNS)
    reader = csv.DictReader(io.StringIO(text))
    try:
        for told in reader:
            yield reader.line_num, {str(key).strip(): value for key, value in told.items() if key is not None}
    except csv.Error as error:
        raise UnreadableRows(f"第 {reader.line_num} 行读不下去 / line {reader.line_num}: {error}") from error


def _settle(line: int, told: Mapping[str, Any], *, labelled: bool) -> RowRead:
    subject, detail = (_say(told.get(key)) for key in ("subject", "detail"))
    label, group = _say(told.get("label")), _say(told.get("group"))
    if labelled and not label:
        raise UnreadableRows(f"第 {line} 行没有 label / line {line} has no label")
    if labelled and not (subject or detail):
        raise UnreadableRows(
            f"第 {line} 行没有 subject 和 detail / line {line} has neither subject nor detail"
        )
    row = told.get("row")
    return RowRead(line, line if row in (None, "") else row, subject, detail, label, group or None)


def _say(value: Any) -> str:
    """A value as text: nothing for null, whatever else was written in its place."""
    if value is None or isinstance(value, list | dict):
        return ""
    return str(value).replace("\0", "").strip()
