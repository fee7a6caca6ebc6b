"""Who listens: for each event of the outbox, the jobs to put into the queue. A job takes `name` and `body`."""

from __future__ import annotations

LISTENERS: dict[str, tuple[str, ...]] = {
    "case-opened": (),
    "case-moved": ("hear-move", "share-answer", "free-members"),
    "clock-warned": ("hear-clock",),
    "clock-expired": ("hear-clock",),
    "calendar-changed": ("recount-clocks-now",),
}
