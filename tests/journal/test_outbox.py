"""Events are handed on once, in order, and one that fails does not hold up the others."""

from __future__ import annotations

import logging
from unittest.mock import Mock

import pytest
from django.db import OperationalError, connection, transaction
from tests.journal.conftest import change, make_entry, make_event

from huiyin.journal.api import announce, append, drain_outbox, list_failed_events, retry_failed_events
from huiyin.journal.models import Access, Outbox

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quiet():
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


def refuse(event):
    raise ValueError(f"nobody knows {event.name}\0")


def test_events_are_heard_once_in_the_order_written():
    append([make_entry()], [make_event(number=1), make_event(number=2)])
    announce([make_event("limit-changed", "register", number=3)])
    heard = []
    assert drain_outbox(heard.append) == 3
    assert [event.body["number"] for event in heard] == [1, 2, 3]
    assert heard[2] == make_event("limit-changed", "register", number=3)
    assert drain_outbox(heard.append) == 0


def test_no_more_than_the_limit_is_taken():
    announce([make_event(number=number) for number in range(5)])
    assert drain_outbox(Mock(), limit=3) == 3
    assert Outbox.objects.count() == 2


def test_announcing_nothing_asks_nothing_of_the_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        announce([])


def test_an_event_that_fails_stays_and_the_rest_goes_on():
    announce([make_event("bad"), make_event("good")])
    heard = []

    def hear(event):
        refuse(event) if event.name == "bad" else heard.append(event.name)

    assert drain_outbox(hear) == 1
    assert heard == ["good"]
    left = Outbox.objects.get()
    assert (left.event, left.attempts, left.error) == ("bad", 1, "ValueError: nobody knows bad")


def test_what_a_failed_listener_wrote_is_taken_back():
    announce([make_event()])

    def hear(event):
        change(
            "INSERT INTO journal_access (at, account_id, account, what, subject, reason) "
            "VALUES (now(), 1, '', '', '', '')"
        )
        connection.cursor().execute("SELECT 1/0")

    assert drain_outbox(hear) == 0
    assert not Access.objects.exists()
    assert Outbox.objects.get().attempts == 1


def test_after_ten_attempts_an_event_is_set_aside_until_it_is_retried():
    announce([make_event("bad")])
    for _ in range(10):
        assert drain_outbox(refuse) == 0
    (failed,) = list_failed_events()
    assert (failed.event.name, failed.attempts) == ("bad", 10)
    heard = []
    assert drain_outbox(heard.append) == 0
    assert retry_failed_events() == 1
    assert drain_outbox(heard.append) == 1


def test_an_event_is_lost_with_the_change_that_it_tells():
    with transaction.atomic():
        append([make_entry()], [make_event()])
        transaction.set_rollback(True)
    assert not Outbox.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_event_whose_listener_lost_the_database_is_no_failed_attempt():
    announce([make_event()])

    def lose(_event):
        connection.connection.close()
        raise RuntimeError("nothing can be queued")

    with pytest.raises(OperationalError):
        drain_outbox(lose)
    connection.close()
    assert list(Outbox.objects.values_list("attempts", flat=True)) == [0]


def test_a_full_disk_is_no_failed_attempt_and_holds_up_nobody_else():
    announce([make_event(number=1), make_event(number=2)])

    def hear(event):
        if event.body["number"] == 1:
            raise RuntimeError("not queued") from OperationalError("could not extend file")

    for _ in range(12):
        drain_outbox(hear)
    assert not list_failed_events()
    assert list(Outbox.objects.values_list("attempts", flat=True)) == [0]
