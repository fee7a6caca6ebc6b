"""A village to try the economy on: the demo county's organisations, their people, whoever works in them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import transaction
from django.test import Client, override_settings
from django.utils import timezone

from huiyin.app.demo.county.accounts import PASSWORD
from huiyin.economy.organisations.api import Organisation, Setting
from huiyin.people.api import SESSION_COOKIE, AccountInHand, Post, sign_in, take_in_hand


@pytest.fixture(scope="module")
def _villages(_county, django_db_blocker):
    """Stands for one file of tests, then is rolled back."""
    from huiyin.app.demo.economy.organisations import install_organisations

    with (
        django_db_blocker.unblock(),
        transaction.atomic(),
        override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]),
    ):
        install_organisations()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def villages(_villages, db) -> list[Organisation]:
    """The sixty-four organisations, without members."""
    return list(Organisation.objects.select_related("township", "area", "unit").order_by("code"))


@pytest.fixture
def village(villages) -> Organisation:
    """上坝村股份经济合作社 of 石门镇, without members."""
    return next(one for one in villages if one.area.name == "上坝村" and one.unit.key.endswith("-01"))


@pytest.fixture
def officer(village) -> Callable[[str], AccountInHand]:
    """Whoever holds a role at the village, or at its township: `officer("bookkeeper")`."""

    def find(role: str) -> AccountInHand:
        unit = village.township_id if role == "rural" else village.unit_id
        post = Post.objects.filter(role=role, unit_id=unit).order_by("id").first()
        assert post is not None, role
        account = take_in_hand(post.account_id, timezone.localdate())
        assert account is not None
        return account

    return find


@pytest.fixture
def browse(officer) -> Callable[[str], Client]:
    """A browser signed in as that role of the village: `browse("bookkeeper")`."""

    def open_browser(role: str) -> Client:
        client = Client()
        client.cookies[SESSION_COOKIE] = sign_in(officer(role).login, PASSWORD, timezone.now()).token
        return client

    return open_browser


@pytest.fixture
def freely(db) -> None:
    """Money leaves without the township's file: for tests of books alone."""
    Setting.objects.create(key="filing-line", value=10**12, reason="试算")
