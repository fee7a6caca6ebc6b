"""Where the house's own files are."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from huiyin.app.demo.county.loader import PASSWORD, list_demo_accounts
from huiyin.app.demo.economy.organisations import install_organisations
from huiyin.appeals.api import NewAppeal, report
from huiyin.cases.api import PERSON
from huiyin.people.api import SESSION_COOKIE, sign_in

SOURCE = Path(__file__).resolve().parents[2] / "src" / "huiyin"


@pytest.fixture(scope="session")
def source() -> Path:
    """The package's folder."""
    return SOURCE


@pytest.fixture(scope="session")
def modules(source: Path) -> list[Path]:
    """Every module but migrations."""
    return sorted(path for path in source.rglob("*.py") if "migrations" not in path.parts)


@pytest.fixture
def county(county: None) -> None:
    """The demo county with the organisations of its villages: so that every role is held by somebody."""
    install_organisations()


@pytest.fixture
def people_of_every_role(county: None) -> dict[str, Client]:
    """Role → a browser signed in as somebody who holds it."""
    now = timezone.now()
    clients = {}
    for account in list_demo_accounts():
        clients[account.role] = client = Client()
        client.cookies[SESSION_COOKIE] = sign_in(account.login, PASSWORD, now).token
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
