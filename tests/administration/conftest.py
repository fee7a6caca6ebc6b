"""What the tests of administration share: the demo county and people who run the system, signed in."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import Workbook, load_workbook
from tests.console.conftest import (
    _county,
    account_of,
    county,
    make_case,
    move,
    now,
    sign_in,
    unit_of,
)

from huiyin.app.demo.county.loader import PASSWORD, list_demo_accounts
from huiyin.people import api as people

__all__ = ["_county", "account_of", "county", "make_case", "move", "now", "sign_in", "unit_of"]

LOGINS = {account.role: account.login for account in list_demo_accounts()}


@pytest.fixture
def as_role(county):
    """`as_role("admin")`: a browser signed in as somebody who holds that role."""

    def start(role):
        client = Client()
        client.cookies[people.SESSION_COOKIE] = people.sign_in(LOGINS[role], PASSWORD, timezone.now()).token
        return client

    return start


@pytest.fixture
def admin(as_role):
    return as_role("admin")


@pytest.fixture
def security(as_role):
    return as_role("security")


@pytest.fixture
def in_hand(county):
    """`in_hand("admin")`: the account that holds the role, as somebody signed in."""

    def find(role):
        token = people.sign_in(LOGINS[role], PASSWORD, timezone.now()).token
        return people.find_account_in_hand(token, timezone.now())

    return find


def make_book(headings, *rows):
    """An .xlsx file with these rows, as an upload."""
    book = Workbook()
    book.active.append(list(headings))
    for row in rows:
        book.active.append(list(row))
    file = BytesIO()
    book.save(file)
    file.seek(0)
    file.name = "表.xlsx"
    return file


def read_book(content):
    """The rows of a workbook as lists."""
    return [list(row) for row in load_workbook(BytesIO(content)).worksheets[0].iter_rows(values_only=True)]
