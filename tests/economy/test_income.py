"""Income is read from the books alone, falls into a band, and is drawn, listed and taken away."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from huiyin.economy.books.api import Line, NewVoucher, post_vouchers
from huiyin.economy.income.api import BANDS, choose_band, read_incomes

YEAR = timezone.localdate().year


@given(st.integers(-(10**12), 10**12), st.integers(1, 10**12), st.integers(1, 10**12))
def test_more_income_never_falls_into_a_lower_band(fen, one, two):
    order, (low, high) = list(BANDS), sorted((one, two))
    first, second = (choose_band(sum_, low, high) for sum_ in (fen, fen + 1))
    assert order.index(first) <= order.index(second)


@pytest.mark.parametrize(
    ("fen", "band"),
    [(0, "nothing"), (1, "low"), (19_999_999, "low"), (20_000_000, "middle"), (50_000_000, "high")],
)
def test_a_bound_belongs_to_the_band_above_it(fen, band):
    assert choose_band(fen, 20_000_000, 50_000_000) == band


def _post(village, day, *lines, source=""):
    post_vouchers([NewVoucher(village.pk, day, "记账", lines, source)], None, timezone.now())


@pytest.fixture
def booked(village):
    """A year with rents, a subsidy, an expense, a rent taken back, and the carrying forward of it all."""
    day = date(YEAR - 1, 6, 1)
    _post(village, day, Line("102", 300_000), Line("501-01", -300_000))
    _post(village, day, Line("102", -50_000), Line("501-01", 50_000))
    _post(village, day, Line("102", 80_000), Line("503", -80_000))
    _post(village, day, Line("513", 20_000), Line("101", -20_000))
    _post(village, date(YEAR - 1, 12, 31), Line("501-01", 250_000), Line("321", -250_000), source="carry:1")
    return village


def test_a_year_is_what_came_in_and_went_out_without_its_carrying_forward(booked):
    year = read_incomes([booked.pk], YEAR - 2, YEAR)[booked.pk][YEAR - 1]
    assert (year.operating_fen, year.subsidy_fen, year.expense_fen) == (250_000, 80_000, 20_000)
    assert year.net_fen == 310_000


def test_the_township_sees_its_villages_with_band_and_change(booked, browse):
    page = browse("rural").get(f"/console/villages/income?year={YEAR - 1}").content.decode()
    assert "2,500.00" in page
    assert booked.name in page
    alone = browse("rural").get(f"/console/villages/income?year={YEAR - 1}&band=low").content.decode()
    assert alone.count("<tr>") == 2  # the heading and the one village


def test_the_list_leaves_as_a_sheet(booked, browse):
    answer = browse("rural").get(f"/console/villages/income/sheet?year={YEAR - 1}")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].endswith("spreadsheetml.sheet")
