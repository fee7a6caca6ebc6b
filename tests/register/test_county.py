"""The demo county 禾川县 is whole."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction
from django.test import override_settings

from huiyin.app.demo.county.loader import PASSWORD, install_county, list_demo_accounts
from huiyin.app.demo.economy.organisations import install_organisations
from huiyin.people import api as people
from huiyin.people.rules import clashing_roles
from huiyin.process.vocabulary import ROLES
from huiyin.register import api as register

TODAY = date(2026, 3, 4)
TABLES = (
    people.Area, people.Unit, people.Place, people.Account, people.Post, people.Company,
    register.Category, register.Duty, register.Channel, register.FrequentMatter, register.LawfulWay,
    register.ReplyTemplate,
)  # fmt: skip


@pytest.fixture(scope="module")
def hechuan(django_db_setup, django_db_blocker):
    """The county, installed once for this file and taken back at its end."""
    quick = override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])
    with quick, django_db_blocker.unblock(), transaction.atomic():
        steps = []
        install_county(steps.append)
        yield steps
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _in_the_county(hechuan, django_db_blocker):
    with django_db_blocker.unblock():
        yield


def _count():
    return [model.objects.count() for model in TABLES]


def test_the_county_has_what_it_promises():
    assert len(people.list_areas("township")) == 13
    assert len(people.list_areas("village")) >= 60
    assert len(people.list_units("township")) == 13
    assert len(people.list_units("department")) >= 28
    assert len(people.list_places()) >= 80
    assert [len(register.list_categories(level)) for level in (1, 2, 3)] == [12, 64, 203]
    assert len(register.list_frequent_matters()) == 44
    assert len(register.list_channels()) == 12


def test_installing_it_again_changes_nothing():
    before = _count()
    install_county()
    assert _count() == before


def test_it_tells_its_progress_in_both_languages(hechuan):
    assert len(hechuan) == 3
    assert all(words.zh and words.en for words in hechuan)


def test_every_unit_has_a_head_and_a_handler():
    for unit in people.list_units():
        assert len(people.list_officers(unit.pk, TODAY, role="unit-head")) == 1, unit
        assert people.list_officers(unit.pk, TODAY), unit


def test_every_officer_has_an_invented_office_phone():
    for account in people.list_accounts():
        assert account.phone.startswith("0999-53")
        people.normalise_phone(account.phone)


def test_every_level_3_category_has_a_lead_unit_in_every_township(django_assert_num_queries):
    townships = people.list_areas("township")
    for at, category in enumerate(register.list_categories(level=3)):
        area = townships[at % len(townships)].pk
        assert register.find_lead_duty(category.pk, area, TODAY), category
        assert register.find_lead_duty(category.pk, None, TODAY), category


def test_village_roads_are_led_by_the_township_in_which_they_lie():
    lane = register.find_category("040302")
    village = people.find_area("999001012002")
    duty = register.find_lead_duty(lane.pk, village.pk, TODAY)
    assert duty.unit.zh == "大岭乡政府"
    assert duty.clause == "《禾川县派单目录》第4.3.2条"


def test_everything_has_an_english_name():
    for model in (people.Area, people.Unit, register.Category, register.Channel):
        assert not model.objects.filter(name_en="").exists(), model
    for model in (people.Place, register.FrequentMatter, register.LawfulWay):
        assert not model.objects.filter(title_en="").exists(), model


def test_every_area_lies_below_its_parent_and_every_category_too():
    for model in (people.Area, register.Category):
        for one in model.objects.select_related("parent"):
            assert one.path == f"{one.parent.path if one.parent else ''}{one.pk}/"


def test_every_level_1_category_and_frequent_matter_has_an_icon():
    assert all(category.icon for category in register.list_categories(level=1))
    assert all(matter.icon for matter in register.list_frequent_matters())


def test_no_account_holds_roles_that_clash():
    for account in people.list_accounts():
        assert not clashing_roles(post.role for post in account.posts.all())


def test_there_is_an_account_to_try_every_role(django_db_blocker):
    install_organisations()
    shown = list_demo_accounts()
    assert [account.role for account in shown] == list(ROLES)
    by_role = {account.role: account for account in shown}
    assert (by_role["dispatcher"].login, by_role["dispatcher"].unit.zh) == ("hemin", "县政务服务局")
    assert (by_role["handler"].login, by_role["handler"].unit.zh) == ("tanxue", "水务公司")
    for account in shown:
        assert people.find_account(account.login).check_password(PASSWORD)


def test_a_frequent_matter_suggests_itself():
    titles = [category.name for category in register.suggest_categories("我们小区又停水了，没水用")]
    assert titles[0] == "停水"
