"""Looks through the record of how the system is run, and through the log of who looked at sealed data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.db import models
from django.db.models import Q, QuerySet
from django.db.models.functions import Cast

from huiyin.journal.models import Access, Entry

BATCH = 1000


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for; None and empty parts ask nothing.

    `account_ids` are whose acts, `kinds` those of subjects (`account`) or accesses (`identity`), `subjects`
    whole subjects, `verb` what was done; from `since` on and before `until`; `text` any words of the content.
    """

    account_ids: tuple[int, ...] | None = None
    kinds: tuple[str, ...] = ()
    subjects: tuple[str, ...] | None = None
    verb: str = ""
    since: datetime | None = None
    until: datetime | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where in the list: after (older than) one row or before (newer than) another, at most one of them."""

    after: int | None = None
    before: int | None = None


Row = TypeVar("Row", Access, Entry)


@dataclass(frozen=True, slots=True)
class Found(Generic[Row]):
    """A part of a list, newest first, and the cursors of its neighbours; None where there is none."""

    rows: list[Row]
    newer: int | None
    older: int | None


def find_accesses(sought: Sought, cursor: Cursor, limit: int = 50) -> Found[Access]:
    """Accesses, newest first. Keyset paging: the millionth page costs what the first one costs."""
    return _take(_seek_accesses(sought), cursor, limit)


def count_accesses(sought: Sought) -> int:
    """How many accesses are sought."""
    return _seek_accesses(sought).count()


def find_running(sought: Sought, cursor: Cursor, limit: int = 50) -> Found[Entry]:
    """Entries on how the system is run (those of no case), newest first; paged like `find_accesses`."""
    return _take(_seek_running(sought), cursor, limit)


def iterate_accesses(sought: Sought, bound: int) -> Iterator[Access]:
    """Every access that is sought, newest first, up to `bound`: for exports."""
    return _iterate(_seek_accesses(sought), bound)


def iterate_running(sought: Sought, bound: int) -> Iterator[Entry]:
    """Every entry that is sought, newest first, up to `bound`: for exports."""
    return _iterate(_seek_running(sought), bound)


def _seek_accesses(sought: Sought) -> QuerySet[Access]:
    found = _narrow(Access.objects.all(), sought, "account_id")
    if sought.kinds:
        found = found.filter(what__in=sought.kinds)
    return found.filter(reason__icontains=sought.text) if sought.text else found


def _seek_running(sought: Sought) -> QuerySet[Entry]:
    found = _narrow(Entry.objects.filter(~Q(subject__startswith="case:")), sought, "actor_id")
    for kind in sought.kinds:
        found = found.filter(Q(subject=kind) | Q(subject__startswith=f"{kind}:"))
    if sought.verb:
        found = found.filter(verb=sought.verb)
    if sought.text:
        found = found.alias(told=Cast("body", models.TextField())).filter(
            Q(told__icontains=sought.text)
            | Q(subject__icontains=sought.text)
            | Q(actor__icontains=sought.text)
        )
    return found


def _narrow(rows: QuerySet[Row], sought: Sought, account: str) -> QuerySet[Row]:
    asked: dict[str, Any] = {
        f"{account}__in": sought.account_ids,
        "subject__in": sought.subjects,
        "at__gte": sought.since,
        "at__lt": sought.until,
    }
    return rows.filter(**{name: value for name, value in asked.items() if value is not None})


def _take(rows: QuerySet[Row], cursor: Cursor, limit: int) -> Found[Row]:
    back = cursor.before is not None
    asked = {"id__gt": cursor.before} if back else {} if cursor.after is None else {"id__lt": cursor.after}
    taken = list(rows.filter(**asked).order_by("id" if back else "-id")[: limit + 1])
    more, shown = len(taken) > limit, taken[:limit]
    if back:
        shown.reverse()
    newer = more if back else cursor.after is not None
    older = True if back else more
    return Found(shown, shown[0].pk if shown and newer else None, shown[-1].pk if shown and older else None)


def _iterate(rows: QuerySet[Row], bound: int) -> Iterator[Row]:
    last: int | None = None
    while bound > 0:
        found = _take(rows, Cursor(after=last), min(BATCH, bound))
        yield from found.rows
        bound -= len(found.rows)
        last = found.older
        if last is None:
            return
