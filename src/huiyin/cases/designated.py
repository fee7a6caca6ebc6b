"""What the centre has designated: each matter that a unit got off the list, with the reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from huiyin.cases.store import QUERIES
from huiyin.journal.api import open_cursor
from huiyin.kernel.words import Words


@dataclass(frozen=True, slots=True)
class Designated:
    """One designation: which case, to which unit, why, by whom, when."""

    number: str
    title: str
    category: Words
    unit: Words
    reason: str
    actor: str
    at: datetime
    closed_at: datetime | None


def list_designated(since: date, until: date, unit_id: int | None, first: int, most: int) -> list[Designated]:
    """The designations of those days, both included, newest first; of one unit if it is named."""
    given = {**_name(since, until, unit_id), "first": first, "most": most}
    with open_cursor() as cursor:
        cursor.execute(QUERIES["list_designated"], given)
        rows = cursor.fetchall()
    return [
        Designated(number, title, Words(*category), Words(*unit), reason or "", actor, at, closed_at)
        for _pk, number, title, *names, reason, actor, at, closed_at in rows
        for category, unit in [(names[:2], names[2:])]
    ]


def count_designated(since: date, until: date, unit_id: int | None) -> int:
    """How many there are."""
    with open_cursor() as cursor:
        cursor.execute(QUERIES["count_designated"], _name(since, until, unit_id))
        count: int = cursor.fetchone()[0]
    return count


def _name(since: date, until: date, unit_id: int | None) -> dict[str, Any]:
    zone = timezone.get_current_timezone()
    return {
        "since": datetime.combine(since, time.min, zone),
        "until": datetime.combine(until + timedelta(days=1), time.min, zone),
        "unit_id": unit_id,
    }
