"""What every test shares: quick passwords, and the demo county for those that ask for it."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.test import override_settings

QUICK = ["django.contrib.auth.hashers.MD5PasswordHasher"]
"""A password hash made to be slow would take most of the tests' time."""


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    """Every test hashes quickly."""
    settings.PASSWORD_HASHERS = QUICK


@pytest.fixture(scope="module")
def _county(django_db_setup, django_db_blocker):
    """The county stands for one file of tests, then is rolled back: others find empty tables."""
    from huiyin.app.demo.county.loader import install_county

    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(PASSWORD_HASHERS=QUICK):
            install_county()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def county(_county, db):
    """The demo county 禾川县: units, areas, categories, duties, accounts; no case."""
