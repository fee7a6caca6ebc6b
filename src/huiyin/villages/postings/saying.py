"""How months and questions are told to the staff."""

from __future__ import annotations

from datetime import datetime

from huiyin.economy.postings.api import DUE, LATE, POSTED, Question
from huiyin.kernel.words import Words
from huiyin.pages.api import Badge, make_badge

STATES: dict[str, tuple[str, Words]] = {
    POSTED: ("green", Words("已公示", "Posted")),
    DUE: ("amber", Words("待公示", "Due")),
    LATE: ("red", Words("逾期未公示", "Late")),
}
"""Tone and words of a month's state."""


def say_left(question: Question, now: datetime) -> Badge:
    """How much of its time is left, as on the worklist."""
    case = question.case
    answered = case.answered_at or case.moved_at if case.stage in {"answered", "closed"} else None
    return make_badge(
        case.due_at, case.due_from, None, case.paused_at is not None, case.closed_at or answered, now
    )
