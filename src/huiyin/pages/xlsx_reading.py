"""Reads workbooks that somebody sent: within bounds, whatever the file claims to be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import IO, Any
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook

from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.pages.xlsx import restore

_OLD = b"\xd0\xcf\x11\xe0"
"""How an .xls begins, and also an .xlsx with a password."""

Cells = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much of a workbook is read; `unpacked` and `packed` are bytes, `cell` is signs."""

    rows: int
    columns: int = 200
    cell: int = 32_767
    packed: int = 8 * 1024 * 1024
    unpacked: int = 64 * 1024 * 1024
    parts: int = 500


SMALL = Bounds(rows=20_000, columns=60)
"""For lists that an administrator keeps."""


class UnreadableBook(Exception):
    """The file is no workbook, is too large, or is broken; `words` says which."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.zh)
        self.words = words


def read_book(file: IO[bytes], bounds: Bounds = SMALL) -> Iterator[Cells]:
    """The rows of the first sheet with their heading, as values; formulas give what they last came to.

    Raises `UnreadableBook` before a byte is unpacked when the archive is none, or unpacks to more than the
    bounds; and on the way for too many rows or columns, too long a cell, or a broken part.
    """
    _check_archive(file, bounds)
    try:
        yield from _read_rows(file, bounds)
    except UnreadableBook:
        raise
    except Exception as error:  # a broken workbook fails in as many ways as it has parts
        raise UnreadableBook(
            Words("Excel 文件已损坏，打不开：{error}", "The workbook is broken: {error}").fill(
                error=type(error).__name__
            )
        ) from error


def _check_archive(file: IO[bytes], bounds: Bounds) -> None:
    start = file.read(4)
    size = file.seek(0, 2)
    file.seek(0)
    if start == _OLD:
        raise UnreadableBook(_OLD_KIND)
    if size > bounds.packed:
        raise UnreadableBook(_TOO_LARGE)
    try:
        with ZipFile(file) as archive:
            parts = archive.infolist()
    except (BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableBook(_NO_BOOK) from error
    if len(parts) > bounds.parts or sum(part.file_size for part in parts) > bounds.unpacked:
        raise UnreadableBook(_TOO_LARGE)
    if any(part.flag_bits & 1 for part in parts):
        raise UnreadableBook(_OLD_KIND)
    if not any(part.filename == "[Content_Types].xml" for part in parts):
        raise UnreadableBook(_NO_BOOK)
    file.seek(0)


def _read_rows(file: IO[bytes], bounds: Bounds) -> Iterator[Cells]:
    book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
    try:
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what a file says of its own size is not believed
        for at, cells in enumerate(sheet.iter_rows(values_only=True)):
            if at > bounds.rows:
                raise UnreadableBook(_TOO_MANY.fill(rows=bounds.rows))
            yield _check_row(cells, bounds)
    finally:
        book.close()


def _check_row(cells: Cells, bounds: Bounds) -> Cells:
    if len(cells) > bounds.columns and any(cell is not None for cell in cells[bounds.columns :]):
        raise UnreadableBook(_TOO_WIDE.fill(columns=bounds.columns))
    if any(isinstance(cell, str) and len(cell) > bounds.cell for cell in cells):
        raise UnreadableBook(_TOO_LONG.fill(signs=bounds.cell))
    return cells[: bounds.columns]


def tell_cell(value: Any) -> str:
    """A value as a person would have typed it: 139000.0 is 139000, a date is ISO, true is 是.

    The apostrophe that our own downloads put before the beginning of a formula is taken off again.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    return restore(clean(str(value).replace("\r\n", "\n").replace("\r", "\n")))


_NO_BOOK = Words("这不是 Excel 文件。请上传 .xlsx 文件。", "This is not an Excel file. Upload an .xlsx file.")
_OLD_KIND = Words(
    "这是旧版 .xls 或加了密码的文件。请去掉密码，另存为 .xlsx 再上传。",
    "This is an old .xls or has a password. Save it as .xlsx without a password.",
)
_TOO_LARGE = Words(
    "文件太大，没有读取。请分成几个小一些的文件。", "The file is too large. Split it into smaller ones."
)
_TOO_MANY = Words("超过 {rows} 行。请分成几个文件。", "More than {rows} rows. Split the file.")
_TOO_WIDE = Words("超过 {columns} 列。", "More than {columns} columns.")
_TOO_LONG = Words("有单元格超过 {signs} 个字。", "A cell holds more than {signs} signs.")
