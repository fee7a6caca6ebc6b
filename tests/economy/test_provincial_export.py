"""The workbook for the provincial platform: every sheet by its code, every organisation once, sums exact."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO

from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from economy.cooperative_village import again, fill, found
from huiyin.app.demo.county.accounts import PASSWORD
from huiyin.economy.books.api import Line, NewVoucher, post_vouchers
from huiyin.people.api import SESSION_COOKIE, sign_in
from huiyin.villages.export.sheets import TABLES


def _fetch(login, address="/console/villages/all/platform/export?year=2026"):
    client = Client()
    client.cookies[SESSION_COOKIE] = sign_in(login, PASSWORD, timezone.now()).token
    return client.get(address)


def test_the_county_takes_every_organisation_and_a_township_its_own(villages, village, officer):
    society = found(village, officer("rural"))
    fill(society, again(officer("bookkeeper")), again(officer("director")))
    rent = NewVoucher(village.pk, date(2026, 3, 5), "租金", (Line("102", 12_345), Line("501", -12_345)))
    post_vouchers([rent], None, timezone.now())
    book = load_workbook(BytesIO(_fetch("hexuewen").content))
    assert [sheet.title.split()[0] for sheet in book] == [table.code for table in TABLES]
    rows = {sheet.title.split()[0]: list(sheet.values) for sheet in book}
    assert {row[0] for row in rows["JT0"][1:]} == {one.code for one in [*villages, society]}
    assert rows["JT0"][0][0] == "JT001 组织编码"
    income = next(row for row in rows["JT4"] if row[0] == village.code)
    assert Decimal(str(income[2])) == Decimal("123.45")
    own = next(row for row in rows["JT6"] if row[0] == society.code)
    assert own[1:5] == ("land", 25, 24, 400_000)
    of_township = load_workbook(BytesIO(_fetch(officer("rural").login).content))["JT0 组织"]
    assert own[0] in {row[0] for row in of_township.values}
    assert of_township.max_row < len(rows["JT0"])


def test_codes_of_sheets_and_columns_are_never_given_twice():
    codes = [code for table in TABLES for code, _ in table.columns if code != "JT001"]
    assert len(codes) == len(set(codes))
    assert len({table.code for table in TABLES}) == len(TABLES)


def test_a_bookkeeper_takes_nothing_and_the_page_tells_what_it_holds(village, officer):
    assert _fetch(officer("bookkeeper").login).status_code == 403
    page = _fetch("hexuewen", "/console/villages/all/platform")
    assert page.status_code == 200
    assert "JT203 账面净值（元）" in page.content.decode()
