"""Which months hang, which are due and which are late, over many organisations in few statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from huiyin.economy.organisations.api import Organisation, get_limits
from huiyin.economy.postings.models import Posting
from huiyin.economy.postings.rules import Period, list_periods

POSTED, DUE, LATE = "posted", "due", "late"


@dataclass(frozen=True, slots=True)
class MonthState:
    """A period of one organisation: its first sheet, if it hangs, and how many there are; until when."""

    period: Period
    due_on: date
    state: str
    posting: Posting | None = None
    turns: int = 0

    @property
    def was_late(self) -> bool:
        """Whether it was put up after its day."""
        return self.posting is not None and self.posting.from_on > self.due_on


def list_months(organisations: Sequence[Organisation], on: date, count: int) -> dict[int, list[MonthState]]:
    """Organisation id → its last `count` periods that have ended and that it owes, newest first."""
    limits = {
        township: get_limits(["posting-months", "posting-due-day"], township)
        for township in {one.township_id for one in organisations}
    }
    periods = {township: list_periods(on, own["posting-months"], count) for township, own in limits.items()}
    subjects = {period.subject for own in periods.values() for period in own}
    held: dict[tuple[int, str], list[Posting]] = defaultdict(list)
    found = Posting.objects.filter(organisation__in=organisations, subject__in=subjects).order_by("turn")
    for posting in found:
        held[posting.organisation_id, posting.subject].append(posting)
    return {
        one.pk: [
            _make_state(period, limits[one.township_id]["posting-due-day"], on, held[one.pk, period.subject])
            for period in periods[one.township_id]
            if one.founded_on is None or one.founded_on <= period.last
        ]
        for one in organisations
    }


def _make_state(period: Period, day: int, on: date, held: Sequence[Posting]) -> MonthState:
    due_on = period.due_on(day)
    if held:
        return MonthState(period, due_on, POSTED, held[0], len(held))
    return MonthState(period, due_on, LATE if on > due_on else DUE)
