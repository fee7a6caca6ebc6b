"""Two transfers of the same units at the same moment: one is registered, one refused; the total holds."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from huiyin.economy.organisations.api import Organisation
from huiyin.economy.shares.api import (
    Application,
    Part,
    Share,
    ShareBook,
    ShareEntry,
    apply_for,
    list_breaks,
    open_ledgers,
)
from huiyin.kernel.refusals import Refusal
from huiyin.people.api import Post, take_in_hand

from .holding import go, settle

NOW = timezone.now()


@pytest.fixture
def town(transactional_db):
    """The demo county with its organisations, committed."""
    from huiyin.app.demo.county.loader import install_county
    from huiyin.app.demo.economy.organisations import install_organisations

    install_county()
    install_organisations(1)
    return Organisation.objects.select_related("township", "area", "unit").get()


def _take(role, unit_id):
    account = take_in_hand(
        Post.objects.filter(role=role, unit_id=unit_id)[0].account_id, timezone.localdate()
    )
    assert account is not None
    return account


def test_of_two_transfers_of_the_same_units_one_is_refused_and_the_total_holds(town):
    people = settle(town)
    book = ShareBook.objects.create(
        organisation=town, fixed_on=date(2021, 1, 1), total_units=60, held_units=60
    )
    Share.objects.bulk_create(
        Share(book=book, household_id=one.household_id, member=one, units=10) for one in people
    )
    open_ledgers([book.pk], None, NOW)
    bookkeeper, director = _take("bookkeeper", town.unit_id), _take("director", town.unit_id)
    reviewer = _take("reviewer", town.unit_id)
    numbers = [
        apply_for(
            town, Application("split", [Part(people[0].pk, taker.pk, 10)], "协议"), bookkeeper, NOW
        ).case.number
        for taker in people[1:3]
    ]
    for number in numbers:
        go(number, "approve", director, NOW)
    start = Barrier(2)

    def register(number):
        start.wait()
        try:
            go(number, "register", reviewer, NOW)
        except Refusal as refusal:
            return refusal.code
        finally:
            connection.close()
        return "registered"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(register, numbers)) == ["not-a-holder", "registered"]
    book.refresh_from_db()
    assert (book.total_units, book.held_units) == (60, 60)
    assert ShareEntry.objects.filter(kind="split").count() == 1
    assert list_breaks() == []
