"""Lists as spreadsheets. No cell is ever a formula."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from urllib.parse import quote

from django.http import HttpResponse
from django.utils.translation import get_language
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from huiyin.kernel.words import Words
from huiyin.pages.times import local

Value = str | int | bool | Decimal | date | datetime | Words | None
"""What a cell may hold; a `Decimal` is money in yuan, shown with two decimals."""
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LONGEST = 32767  # what one cell may hold
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading and its width in signs."""

    title: Words | str
    width: int = 16


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]


def write_xlsx(title: str, columns: Sequence[Column], rows: Iterable[Sequence[Value]]) -> bytes:
    """A workbook of one sheet: a frozen heading row, then `rows` in order, written as they come.

    Texts that begin with = + - @ are stored as texts with a leading apostrophe, so that no program that opens
    the file, or a CSV made of it, runs them. Times are written on the county's clock.
    """
    return write_sheets([Sheet(title, columns, rows)])


def write_sheets(sheets: Iterable[Sheet]) -> bytes:
    """A workbook of several such sheets, in order."""
    book = Workbook(write_only=True)
    for one in sheets:
        _add_sheet(book, one)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _add_sheet(book: Workbook, one: Sheet) -> None:
    columns = one.columns
    sheet: WriteOnlyWorksheet = book.create_sheet(_sheet_title(one.title))
    sheet.freeze_panes = "A2"
    for number, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width  # type: ignore[attr-defined]  # stub
    sheet.append([_heading(sheet, column) for column in columns])
    for row in one.rows:
        sheet.append([_cell(sheet, value) for value in row])


def answer_xlsx(name: str, columns: Sequence[Column], rows: Iterable[Sequence[Value]]) -> HttpResponse:
    """The workbook as a download called `<name>.xlsx`."""
    return answer_sheets(name, [Sheet(name, columns, rows)])


def answer_sheets(name: str, sheets: Iterable[Sheet]) -> HttpResponse:
    """A workbook of several sheets as a download called `<name>.xlsx`."""
    response = HttpResponse(write_sheets(sheets), content_type=MEDIA_TYPE)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.xlsx"
    return response


def neutralise(text: str) -> str:
    """`text` as a cell may hold it: no control signs, not too long, never the beginning of a formula."""
    text = ILLEGAL_CHARACTERS_RE.sub("", text)
    return (f"'{text}" if text.lstrip("'").startswith(_FORMULA_SIGNS) else text)[:_LONGEST]


def restore(text: str) -> str:
    """What `neutralise` was given: the apostrophe that it put before the beginning of a formula goes."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(_FORMULA_SIGNS) else text


def _cell(sheet: WriteOnlyWorksheet, value: Value) -> object:
    if isinstance(value, Words):
        value = value.tell(get_language() or "zh")
    if isinstance(value, datetime):
        cell = WriteOnlyCell(sheet, value=local(value).replace(tzinfo=None, microsecond=0))
        cell.number_format = "yyyy-mm-dd hh:mm"
        return cell
    if isinstance(value, Decimal):
        cell = WriteOnlyCell(sheet, value=value)  # type: ignore[arg-type]  # stub: openpyxl writes it exactly
        cell.number_format = "#,##0.00"
        return cell
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, value=neutralise(value))
    cell.data_type = "s"
    return cell


def _heading(sheet: WriteOnlyWorksheet, column: Column) -> object:
    title = column.title.tell(get_language() or "zh") if isinstance(column.title, Words) else column.title
    cell = WriteOnlyCell(sheet, value=neutralise(title))
    cell.font = Font(bold=True)
    cell.alignment = Alignment(vertical="center", wrap_text=True)
    return cell


def _sheet_title(title: str) -> str:
    return "".join(sign for sign in title if sign not in "[]:*?/\\'")[:31] or "1"
