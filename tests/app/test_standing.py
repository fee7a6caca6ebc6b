"""A connection that the database has hung up is noticed before a request needs it, without asking."""

from __future__ import annotations

import time

import pytest
from django.db import close_old_connections, connection
from django.http import HttpResponse
from django.test import RequestFactory

from huiyin.app.standing import spare_check
from huiyin.app.watching import WatchRequests


def _ask(_request):
    with connection.cursor() as cursor:
        cursor.execute("SELECT 7")
        return HttpResponse(str(cursor.fetchone()[0]))


def _hang_up():
    raw = connection.connection
    with raw.__class__.connect(raw.info.dsn, password=raw.info.password, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [raw.info.backend_pid])
    for _ in range(250):
        connection.health_check_done = False
        spare_check(connection)
        if not connection.health_check_done:
            return
        time.sleep(0.02)
    raise AssertionError("the database did not hang up")


@pytest.mark.django_db(transaction=True)
def test_a_quiet_connection_is_not_asked_whether_it_stands():
    connection.ensure_connection()
    connection.health_check_done = False
    spare_check(connection)
    assert connection.health_check_done


@pytest.mark.django_db(transaction=True)
def test_a_request_after_the_database_hung_up_is_answered():
    connection.ensure_connection()
    before = connection.connection.info.backend_pid
    _hang_up()
    close_old_connections()  # as Django does when a request begins
    assert WatchRequests(_ask)(RequestFactory().get("/")).content == b"7"
    assert connection.connection.info.backend_pid != before
