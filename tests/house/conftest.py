"""Where the house's own files are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client, override_settings
from django.utils import timezone

from huiyin.app.demo.county.loader import PASSWORD, list_demo_accounts
from huiyin.app.demo.economy.organisations import install_organisations
from huiyin.appeals.api import NewAppeal, report
from huiyin.cases.api import PERSON
from huiyin.people.api import SESSION_COOKIE, sign_in

QUICK = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SOURCE = Path(__file__).resolve().parents[2] / "src" / "huiyin"


@pytest.fixture(scope="session")
def source() -> Path:
    """The package's folder."""
    return SOURCE


@pytest.fixture(scope="session")
def modules(source: Path) -> list[Path]:
    """Every module but migrations."""
    return sorted(path for path in source.rglob("*.py") if "migrations" not in path.parts)


@pytest.fixture(scope="module")
def _villages(_county: None, django_db_blocker: Any) -> None:
    """The organisations of the villages, beside the county for one file of tests."""
    with django_db_blocker.unblock(), override_settings(PASSWORD_HASHERS=QUICK):
        install_organisations()


@pytest.fixture(scope="module")
def _tokens(_villages: None, django_db_blocker: Any) -> dict[str, str]:
    """Role → the session of somebody who holds it: signed in once for one file of tests."""
    now, block = timezone.now(), transaction.atomic()
    block._from_testcase = True  # as the blocks of every test are: signing in asks to stand outermost
    with django_db_blocker.unblock(), override_settings(PASSWORD_HASHERS=QUICK), block:
        return {account.role: sign_in(account.login, PASSWORD, now).token for account in list_demo_accounts()}


@pytest.fixture
def county(_villages: None, db: None) -> None:
    """The demo county with the organisations of its villages: so that every role is held by somebody."""


@pytest.fixture
def people_of_every_role(county: None, _tokens: dict[str, str]) -> dict[str, Client]:
    """Role → a browser signed in as somebody who holds it."""
    clients = {}
    for role, token in _tokens.items():
        clients[role] = client = Client()
        client.cookies[SESSION_COOKIE] = token
    return clients


@pytest.fixture
def a_case(county: None) -> str:
    """The number of a case that nobody has touched."""
    new = NewAppeal(
        process="hotline",
        channel="portal",
        words="路灯坏了三天没有人修",
        opened_at=timezone.now(),
        phone="10100001234",
    )
    return report(new, PERSON).number
