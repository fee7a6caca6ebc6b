"""Whether an event is for hot issues: asked before a job is made, so that most cases make none."""

from __future__ import annotations

from django.utils import timezone

from huiyin.insight.joining import is_join_wanted
from huiyin.journal.api import Event


def is_arrival(event: Event) -> bool:
    """Whether a case that was opened may join a live issue."""
    return event.body.get("kind") == "appeal" and is_join_wanted(event.at, timezone.now())
