"""Spreadsheets."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from huiyin.kernel.words import Words
from huiyin.pages.xlsx import Column, answer_xlsx, neutralise, write_xlsx


def read_back(content: bytes):
    return load_workbook(BytesIO(content)).worksheets[0]


@pytest.mark.parametrize("attack", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("x")', "\t=1"])
def test_no_cell_becomes_a_formula(attack):
    cell = read_back(write_xlsx("表", [Column("内容")], [[attack]]))["A2"]
    assert cell.data_type == "s"
    assert cell.value.startswith("'")


@given(st.text(max_size=80))
def test_no_text_begins_like_a_formula(text):
    assert not neutralise(text).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_the_heading_stays_in_sight_and_columns_have_their_widths():
    sheet = read_back(write_xlsx("工单/全部", [Column("编号", 20), Column(Words("标题", "Title"), 40)], []))
    assert sheet.freeze_panes == "A2"
    assert sheet.column_dimensions["B"].width == 40
    assert sheet["A1"].font.bold
    assert sheet.title == "工单全部"


def test_numbers_days_and_times_keep_their_kinds():
    rows = [[3, date(2026, 11, 21), datetime(2026, 11, 21, 2, 24, tzinfo=UTC), None]]
    sheet = read_back(write_xlsx("表", [Column("a"), Column("b"), Column("c"), Column("d")], rows))
    assert sheet["A2"].value == 3
    assert sheet["C2"].value == datetime(2026, 11, 21, 10, 24)  # noqa: DTZ001 -- spreadsheets know no zones
    assert sheet["D2"].value is None


def test_signs_that_no_spreadsheet_may_hold_are_left_out():
    assert read_back(write_xlsx("表", [Column("a")], [["a\x00b\x0bc"]]))["A2"].value == "abc"


def test_a_download_carries_its_chinese_name():
    response = answer_xlsx("工单", [Column("a")], [])
    assert response.headers["Content-Disposition"] == "attachment; filename*=UTF-8''%E5%B7%A5%E5%8D%95.xlsx"
