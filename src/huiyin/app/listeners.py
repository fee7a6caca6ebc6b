"""Who listens: for each event of the outbox, the jobs that take its `name` and `body`."""

from __future__ import annotations

LISTENERS: dict[str, tuple[str, ...]] = {
    "case-opened": (),
    "case-moved": ("hear-move", "share-answer", "free-members"),
    "clock-warned": ("hear-clock",),
    "clock-expired": ("hear-clock",),
    "calendar-changed": ("recount-clocks-now",),
}
