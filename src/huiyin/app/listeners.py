"""Who listens: for each event of the outbox, the jobs that take its `name` and `body`."""

from __future__ import annotations

from collections.abc import Callable

from huiyin.admissions.api import is_admitted
from huiyin.appeals.api import is_told
from huiyin.cases.api import is_answer_to_share, is_group_to_free
from huiyin.exchange.api import is_awaited
from huiyin.insight.api import is_arrival
from huiyin.journal.api import Event
from huiyin.replies.api import is_reply_unchecked
from huiyin.rulings.api import is_disputed
from huiyin.triage.api import is_dispatch

LISTENERS: dict[str, tuple[str, ...]] = {
    "case-opened": ("tell-others", "place-case", "triage-case", "join-issue"),
    "case-moved": (
        "hear-move",
        "share-answer",
        "free-members",
        "admit-duties",
        "check-reply",
        "keep-disputes",
        "tell-others",
        "learn-outcome",
    ),
    "clock-warned": ("hear-clock", "tell-others"),
    "clock-expired": ("hear-clock", "tell-others"),
    "calendar-changed": ("recount-clocks-now",),
}


def _is_appeal(event: Event) -> bool:
    """What is proposed for the register has no place to be found and nobody to be dispatched to."""
    return bool(event.body.get("kind", "appeal") == "appeal")


ASKED_FIRST: dict[str, Callable[[Event], bool]] = {
    "place-case": _is_appeal,
    "triage-case": _is_appeal,
    "hear-move": lambda event: is_told(event.body),
    "share-answer": lambda event: is_answer_to_share(event.body),
    "free-members": lambda event: is_group_to_free(event.body),
    "join-issue": is_arrival,
    "admit-duties": lambda event: is_admitted(event.body),
    "learn-outcome": is_dispatch,
    "keep-disputes": lambda event: is_disputed(event.body),
    "check-reply": lambda event: is_reply_unchecked(event.body),
    "tell-others": lambda event: is_awaited(event.name),
}
"""Jobs that most events need not: whether one is wanted is asked before it is made."""
