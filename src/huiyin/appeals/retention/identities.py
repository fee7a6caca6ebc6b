"""Identities: taken away from persons all of whose matters have been closed long enough."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.db import connection, transaction

from huiyin.appeals.models import Message
from huiyin.appeals.retention.messages import blank
from huiyin.cases.api import Case
from huiyin.journal.api import NewEntry, append, load_queries
from huiyin.people.api import anonymise_persons

QUERIES = load_queries(Path(__file__).with_name("queries.sql"))
BATCH = 200


def count_due(cutoff: datetime) -> int:
    """How many persons would lose their identity."""
    with connection.cursor() as cursor:
        cursor.execute(QUERIES["count_persons"], {"cutoff": cutoff})
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def name_examples(cutoff: datetime, most: int) -> list[str]:
    """Some of their case numbers."""
    found = Case.objects.filter(person_id__in=_take(cutoff, 0, most)).order_by("id")
    return list(found.values_list("number", flat=True)[:most])


def carry_out(cutoff: datetime, days: int, now: datetime) -> int:
    """Take them away, a batch a transaction, each noted on the chain of its cases; how many persons."""
    done, last = 0, 0
    while ids := _take(cutoff, last, BATCH):
        done, last = done + _anonymise(ids, days, now), ids[-1]
    return done


def _take(cutoff: datetime, after: int, limit: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(QUERIES["take_persons"], {"cutoff": cutoff, "after": after, "limit": limit})
        return [row[0] for row in cursor.fetchall()]


@transaction.atomic
def _anonymise(ids: Iterable[int], days: int, now: datetime) -> int:
    gone = anonymise_persons(ids, now)
    cases = list(
        Case.objects.filter(person_id__in=gone).order_by("id").values_list("id", "number", "person_id")
    )
    blank(Message.objects.filter(case_id__in=[case for case, _, _ in cases]))
    subjects = [f"case:{number}" for _, number, _ in cases]
    subjects += [f"person:{person}" for person in sorted(set(gone) - {person for _, _, person in cases})]
    body = {"rule": "identity", "days": days}
    append([NewEntry(subject, "anonymised", now, None, "", body) for subject in subjects])
    return len(gone)
