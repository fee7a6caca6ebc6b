"""Statements and differences over all villages: the sums are those of the villages' own pages."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from huiyin.economy.books.api import Line, NewVoucher, post_vouchers, read_balance_sheet
from huiyin.economy.watch.api import consolidate

YEAR = timezone.localdate().year - 1
END = date(YEAR, 12, 31)


def _post(organisation, day, *lines, source=""):
    post_vouchers([NewVoucher(organisation.pk, day, "记账", lines, source)], None, timezone.now())


@pytest.fixture
def two(village, villages):
    """Two villages of one township; one of them has a year closed into distribution."""
    other = next(one for one in villages if one.township_id == village.township_id and one.pk != village.pk)
    _post(village, date(YEAR - 1, 3, 1), Line("102", 500_000), Line("301", -500_000))
    _post(village, date(YEAR, 3, 1), Line("102", 90_000), Line("501-01", -90_000))
    _post(village, date(YEAR, 4, 1), Line("513", 10_000), Line("101", -10_000))
    _post(village, END, Line("501-01", 90_000), Line("321", -90_000), source=f"carry:{YEAR}")
    _post(other, date(YEAR, 5, 1), Line("112-01", 7_000), Line("112-02", -4_000), Line("504", -3_000))
    return [village, other]


def test_each_sheet_is_that_of_the_village_and_the_sum_is_their_sum(two):
    together = consolidate(two, "collective", END)
    sheets = [read_balance_sheet(one, END) for one in two]
    for side in ("assets", "claims"):
        columns = zip(*(getattr(sheet, side) for sheet in sheets), strict=True)
        for told, own in zip(getattr(together, side), columns, strict=True):
            if told.now_fen is not None:
                assert told.now_fen == sum(one.now_fen for one in own), told.row.key
                assert told.before_fen == sum(one.before_fen for one in own), told.row.key
    assert all(one.balances for one in together.positions)
    assert [(one.income_fen, one.expense_fen) for one in together.positions] == [(90_000, 10_000), (3_000, 0)]


def test_the_township_reads_and_takes_the_statements_of_its_villages(two, browse):
    clerk = browse("rural")
    page = clerk.get(f"/console/villages/all/statements?month={YEAR}-12").content.decode()
    assert two[0].name in page
    assert "5,800.00" in page  # what the first of them has
    sheet = load_workbook(
        BytesIO(clerk.get(f"/console/villages/all/statements?month={YEAR}-12&as=xlsx").content)
    ).active
    row = next(row for row in sheet.values if row[0] == two[0].code)
    assert [float(one) for one in row[3:]] == [5800, 0, 5800, 900, 100]


def test_a_year_without_differences_says_so(village, browse):
    clerk = browse("rural")
    assert "没有这样的差异" in clerk.get("/console/villages/inventories/differences").content.decode()
    assert clerk.get("/console/villages/inventories/differences?as=xlsx").content[:2] == b"PK"
