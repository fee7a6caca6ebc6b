"""Looking through the record of how the system is run, and through the access log: filters and paging."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from huiyin.journal.api import (
    Cursor,
    NewEntry,
    Sought,
    append,
    find_accesses,
    find_running,
    forget_accesses,
    iterate_accesses,
    log_access,
)

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries():
    told = [
        ("account:1", "account-opened", 7, {"login": "hemin"}),
        ("case:HC26030200001", "open", 7, {"title": "停水"}),
        ("register", "limit-set", 8, {"basis": "办法第十二条"}),
        ("account:12", "post-given", 8, {"role": "handler"}),
    ]
    append(
        [
            NewEntry(subject, verb, START + timedelta(days=day), actor, f"某{actor}", body)
            for day, (subject, verb, actor, body) in enumerate(told)
        ]
    )


def _verbs(**sought):
    return [row.verb for row in find_running(Sought(**sought), Cursor()).rows]


def test_entries_of_cases_are_not_among_those_on_how_the_system_is_run(entries):
    assert _verbs() == ["post-given", "limit-set", "account-opened"]


@pytest.mark.parametrize(
    ("sought", "verbs"),
    [
        ({"account_ids": (8,)}, ["post-given", "limit-set"]),
        ({"account_ids": ()}, []),
        ({"kinds": ("account",)}, ["post-given", "account-opened"]),
        ({"subjects": ("account:1",)}, ["account-opened"]),
        ({"verb": "limit-set"}, ["limit-set"]),
        ({"since": START + timedelta(days=2)}, ["post-given", "limit-set"]),
        ({"until": START + timedelta(days=1)}, ["account-opened"]),
        ({"text": "第十二条"}, ["limit-set"]),
        ({"text": "100%"}, []),
    ],
)
def test_each_filter_keeps_what_it_names(entries, sought, verbs):
    assert _verbs(**sought) == verbs


@pytest.fixture
def accesses():
    for number in range(7):
        log_access(
            at=START + timedelta(hours=number), account_id=number % 2, account=f"某{number % 2}",
            what="identity" if number else "export", subject=f"person:{number}", reason=f"理由{number}",
        )  # fmt: skip


def test_paging_goes_down_and_up_again_over_the_same_rows(accesses):
    seen, cursor = [], Cursor()
    pages = []
    while True:
        found = find_accesses(Sought(), cursor, limit=3)
        pages.append([row.reason for row in found.rows])
        seen += pages[-1]
        if found.older is None:
            break
        cursor = Cursor(after=found.older)
    assert seen == [f"理由{number}" for number in range(6, -1, -1)]
    assert found.newer is not None
    back = find_accesses(Sought(), Cursor(before=found.newer), limit=3)
    assert [row.reason for row in back.rows] == pages[-2]
    assert find_accesses(Sought(), Cursor(), limit=3).newer is None


def test_an_export_reads_every_row_up_to_its_bound(accesses):
    assert len(list(iterate_accesses(Sought(), 100))) == 7
    assert len(list(iterate_accesses(Sought(), 4))) == 4
    assert [row.reason for row in iterate_accesses(Sought(kinds=("export",)), 9)] == ["理由0"]


def test_a_long_list_is_read_by_its_index(entries):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
        cursor.execute(
            "EXPLAIN SELECT * FROM journal_entry"
            " WHERE NOT (subject::text LIKE 'case:%') ORDER BY id DESC LIMIT 51"
        )
        told = " ".join(row[0] for row in cursor.fetchall())
    assert "journal_running" in told


def test_the_access_log_is_kept_for_half_a_year_whatever_is_asked(accesses):
    later = START + timedelta(days=200)
    with pytest.raises(ValueError, match="six months"):
        forget_accesses(later - timedelta(days=182), later)
    assert forget_accesses(START + timedelta(hours=3), later) == 3
    assert len(list(iterate_accesses(Sought(), 100))) == 4
