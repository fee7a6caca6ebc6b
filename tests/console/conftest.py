"""What the tests of the console share: the demo county, signing in, cases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from huiyin.app.demo.county.loader import PASSWORD, install_county
from huiyin.appeals.api import NewAppeal, report
from huiyin.cases.api import Case, make_acting, move_case
from huiyin.people import api as people

_serial = count(1)


@pytest.fixture(scope="module")
def _county(django_db_setup, django_db_blocker):
    """The county stands for one file of tests, then is rolled back: others find empty tables."""
    hasher = {"PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"]}
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(**hasher):
            install_county()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def county(_county, db):
    """The demo county 禾川县: units, areas, categories, duties, accounts; no case."""


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def account_of(county):
    """`account_of("hemin")`: the account with the posts that it holds, as somebody signed in."""

    def find(login):
        token = people.sign_in(login, PASSWORD, timezone.now()).token
        return people.find_account_in_hand(token, timezone.now())

    return find


@pytest.fixture
def sign_in(county):
    """`sign_in(client, "hemin")`: the client goes on as that account of the county, and is given back."""

    def start(client, login):
        token = people.sign_in(login, PASSWORD, timezone.now()).token
        client.cookies[people.SESSION_COOKIE] = token
        return client

    return start


@pytest.fixture
def make_case(account_of):
    """`make_case("路灯不亮", by="linxiao", age=timedelta(hours=2), **fields of NewAppeal)`: the `Case`."""

    def make(
        words="禾川大道路灯坏了",
        *,
        process="hotline",
        channel="hotline",
        by="linxiao",
        age=timedelta(0),
        **more,
    ):
        new = NewAppeal(
            process=process, channel=channel, words=words, opened_at=datetime.now(UTC) - age,
            **{"source_key": f"test-{next(_serial)}", **more},
        )  # fmt: skip
        reported = report(new, make_acting(account_of(by)))
        return Case.objects.get(pk=reported.case_id)

    return make


@pytest.fixture
def move(account_of):
    """`move(case, "dispatch", "hemin", lead=3)`: the case after the move."""

    def act(case, key, login, **inputs):
        move_case(case.number, key, inputs, make_acting(account_of(login)), timezone.now())
        case.refresh_from_db()
        return case

    return act


@pytest.fixture
def unit_of(county):
    """`unit_of("water")`: the unit of that key."""
    return people.find_unit
