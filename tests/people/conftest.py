"""What the tests of people share: two units, accounts to sign in with, a moment."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.hashers import make_password

from huiyin.people.models import Account, Area, Post, Unit

SINCE = date(2025, 1, 1)
PASSWORD = "correct-horse"


@pytest.fixture
def now():
    return datetime(2026, 3, 4, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def centre(db):
    return Unit.objects.create(key="centre", name="中心", short="中心", name_en="Centre", kind="centre")


@pytest.fixture
def water(db):
    return Unit.objects.create(
        key="water", name="水务公司", short="水务公司", name_en="Water", kind="company"
    )


@pytest.fixture
def make_account(db):
    def make(login, *posts):
        account = Account.objects.create(login=login, name=f"某{login}", password=make_password(PASSWORD))
        for role, unit in posts:
            Post.objects.create(account=account, unit=unit, role=role, since_on=SINCE)
        return account

    return make


@pytest.fixture
def areas(db):
    """A county with two townships, one of which has a village: by code."""
    made = {}
    for code, level, parent in (
        ("9", "county", ""),
        ("91", "township", "9"),
        ("92", "township", "9"),
        ("911", "village", "91"),
    ):
        area = Area.objects.create(code=code, name=code, level=level, parent=made.get(parent))
        area.path = f"{area.parent.path if area.parent else ''}{area.pk}/"
        area.save()
        made[code] = area
    return made
