"""Who listens: for each event of the outbox, the jobs that take its `name` and `body`."""

from __future__ import annotations

from collections.abc import Callable

from huiyin.exchange.api import is_awaited

LISTENERS: dict[str, tuple[str, ...]] = {
    "case-opened": ("tell-others",),
    "case-moved": ("hear-move", "share-answer", "free-members", "tell-others"),
    "clock-warned": ("hear-clock", "tell-others"),
    "clock-expired": ("hear-clock", "tell-others"),
    "calendar-changed": ("recount-clocks-now",),
}

ASKED_FIRST: dict[str, Callable[[str], bool]] = {"tell-others": is_awaited}
"""Jobs that most counties need not run: whether one is wanted is asked of the event's name."""
