"""Chains to test with, and hands that reach around the product into its tables."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from huiyin.journal.api import Event, NewEntry, append

START = datetime(2026, 11, 18, 1, 0, tzinfo=UTC)


def make_entry(subject="case:HC1", number=1, **changes):
    """An entry of the demo county; `number` sets its time and text."""
    given = {
        "subject": subject,
        "verb": "dispatch",
        "at": START + timedelta(hours=number),
        "actor_id": 7,
        "actor": "派单员 · 县中心",
        "body": {"to": "禾川县住建局", "number": number, "urgent": False, "note": None, "units": [1, 2]},
    }
    return NewEntry(**given | changes)


def make_event(name="case-closed", subject="case:HC1", **body):
    return Event(name, subject, body, START)


def change(sql, *given):
    """What somebody with a database console would do; how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return cursor.rowcount


@pytest.fixture
def chain(db):
    """Five entries of one case, two of another."""
    append([make_entry(number=number) for number in range(1, 6)])
    append([make_entry("case:HC2", number) for number in range(1, 3)])
    return "case:HC1"
