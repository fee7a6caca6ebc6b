"""Reading workbooks that somebody sent, whatever they claim to be."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from huiyin.kernel.texts import clean
from huiyin.pages.xlsx import Column, neutralise, restore, write_xlsx
from huiyin.pages.xlsx_reading import Bounds, UnreadableBook, read_book, tell_cell

SMALL = Bounds(rows=10, columns=4, cell=50, packed=200_000, unpacked=400_000, parts=30)


def book(*rows):
    made = Workbook()
    for row in rows:
        made.active.append(row)
    file = BytesIO()
    made.save(file)
    return BytesIO(file.getvalue())


def parts_of(file):
    with ZipFile(file) as archive:
        return {part.filename: archive.read(part) for part in archive.infolist()}


def packed(parts):
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return BytesIO(file.getvalue())


def refused(file, bounds=SMALL):
    with pytest.raises(UnreadableBook) as error:
        list(read_book(file, bounds))
    return error.value.words.zh


def test_rows_come_as_values_with_their_heading():
    assert list(read_book(book(["名称", "数"], ["路灯", 3]), SMALL)) == [("名称", "数"), ("路灯", 3)]


@given(
    st.text(st.one_of(st.sampled_from("'=+-@"), st.characters(exclude_categories=["Cs", "Cc"])), max_size=60)
)
def test_what_was_neutralised_is_restored(text):
    assert restore(neutralise(text)) == text


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60))
def test_a_text_that_was_downloaded_is_read_as_it_was(text):
    content = write_xlsx("表", [Column("a")], [[text]])
    rows = list(read_book(BytesIO(content), Bounds(rows=10)))
    assert [tell_cell(cell) for cell in rows[1]] == [clean(text)]


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (None, ""),
        (1.39e10, "13900000000"),
        (3.5, "3.5"),
        (7, "7"),
        (True, "是"),
        (datetime(2026, 1, 5), "2026-01-05"),  # noqa: DTZ001 -- spreadsheets know no zones
        (datetime(2026, 1, 5, 8, 30), "2026-01-05 08:30"),  # noqa: DTZ001
        (date(2026, 1, 5), "2026-01-05"),
        ("'=1+1", "=1+1"),
        (" a\r\nb ", "a\nb"),
    ],
)
def test_a_cell_is_told_as_a_person_would_have_typed_it(value, told):
    assert tell_cell(value) == told


def test_an_old_or_locked_workbook_is_told_from_one_that_is_none():
    assert "旧版" in refused(BytesIO(b"\xd0\xcf\x11\xe0" + b"\0" * 2000))
    for content in (b"", b"PK", b"PK\x03\x04" + b"x" * 100, b"a,b\n1,2\n"):
        assert "不是 Excel" in refused(BytesIO(content))
    assert "不是 Excel" in refused(packed({"a.txt": "x"}))


def test_what_unpacks_to_too_much_is_not_unpacked():
    parts = parts_of(book(["a"]))
    parts["xl/worksheets/sheet1.xml"] = b"<x>" + b" " * 500_000 + b"</x>"
    assert "太大" in refused(packed(parts))
    assert "太大" in refused(packed(parts_of(book(["a"])) | {f"x{at}": "" for at in range(40)}))
    assert "太大" in refused(BytesIO(b"PK" + b"\0" * 300_000))


def test_too_many_rows_columns_or_signs_are_refused():
    assert "行" in refused(book(*[[at] for at in range(20)]))
    assert "列" in refused(book([1, 2, 3, 4, 5]))
    assert "个字" in refused(book(["字" * 51]))


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="99999999999"><c r="A99999999999"><v>1</v></c></row>',
        '<row r="1"><c r="XFD1"><v>1</v></c></row>',
    ],
)
def test_a_sheet_that_lies_about_its_places_is_refused_at_once(rows):
    parts = parts_of(book(["a"]))
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    start, end = sheet.index("<sheetData>"), sheet.index("</sheetData>")
    parts["xl/worksheets/sheet1.xml"] = sheet[: start + 11] + rows + sheet[end:]
    assert refused(packed(parts))


def test_entities_are_not_followed():
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    parts = parts_of(book(["a"]))
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    parts["xl/worksheets/sheet1.xml"] = bomb + sheet.replace("<v>", "<v>&b;")
    assert "损坏" in refused(packed(parts))


def test_a_workbook_without_its_sheet_is_broken():
    parts = parts_of(book(["a"]))
    del parts["xl/worksheets/sheet1.xml"]
    assert refused(packed(parts))
