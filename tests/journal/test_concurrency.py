"""Two who write at once leave one whole chain."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction
from tests.journal.conftest import make_entry, make_event

from huiyin.journal.api import announce, append, drain_outbox, list_entries, verify

pytestmark = pytest.mark.django_db(transaction=True)


def in_threads(work, count):
    """Run `work(number)` in as many threads at once, each with its own connection."""
    start = Barrier(count)

    def run(number):
        start.wait()
        try:
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def append_ten(number):
    for _ in range(10):
        with transaction.atomic():
            append(
                [make_entry("case:HC2", number), make_entry("case:HC1", number)][:: 1 if number % 2 else -1]
            )


def test_writers_on_the_same_new_chains_take_turns():
    in_threads(append_ten, 4)
    assert [entry.seq for entry in list_entries("case:HC1")] == list(range(1, 41))
    report = verify()
    assert (report.entries, report.findings) == (80, [])


def test_two_workers_never_hear_the_same_event():
    announce([make_event(number=number) for number in range(40)])
    heard = []

    def drain(_):
        return sum(drain_outbox(lambda event: heard.append(event.body["number"]), limit=5) for _ in range(8))

    assert sum(in_threads(drain, 2)) == 40
    assert sorted(heard) == list(range(40))


def test_verification_may_run_while_entries_are_written():
    def work(number):
        return append_ten(number) if number else [verify().findings for _ in range(10)]

    assert in_threads(work, 3)[0] == [[]] * 10
