"""What units return: counted over a period, and the returns behind each count."""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection
from django.db.models import QuerySet

from huiyin.kernel.words import Words
from huiyin.rulings.models import Dispute
from huiyin.rulings.precedents import QUERIES
from huiyin.rulings.values import Period, UnitRecord


def count_returns(period: Period, unit_ids: Collection[int] | None = None) -> list[UnitRecord]:
    """Of every unit that led or returned something in the period, or of these alone; one statement."""
    given = {
        "since": period.since,
        "until": period.until,
        "units": None if unit_ids is None else sorted(unit_ids),
    }
    with connection.cursor() as cursor:
        cursor.execute(QUERIES["count_by_unit"], given)
        return [UnitRecord(row[0], Words(row[1], row[2]), *row[3:]) for row in cursor.fetchall()]


def list_disputes(
    period: Period,
    unit_ids: Collection[int] | None = None,
    outcome: str = "",
    *,
    again: bool = False,
    limit: int = 50,
    offset: int = 0,
) -> tuple[list[Dispute], int]:
    """The returns asked in the period, newest first, with how many there are in all."""
    found: QuerySet[Dispute] = Dispute.objects.filter(asked_at__gte=period.since, asked_at__lt=period.until)
    if unit_ids is not None:
        found = found.filter(unit_id__in=unit_ids)
    if outcome:
        found = found.filter(outcome=outcome)
    if again:
        found = found.filter(again=True)
    related = found.select_related("case", "case__category", "unit", "duty", "ruling")
    return list(related.order_by("-asked_at", "-id")[offset : offset + limit]), found.count()
