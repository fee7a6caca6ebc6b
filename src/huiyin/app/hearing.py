"""Hears an event at once in every package that else listens by jobs: for events that lie in the past."""

from __future__ import annotations

import huiyin.appeals.api as appeals
import huiyin.replies.api as replies
import huiyin.rulings.api as rulings
from huiyin.journal.api import Event


def hear_now(event: Event) -> None:
    """Messages, bells and answers of groups; replies that were not checked; disputes and rulings."""
    appeals.hear_now(event)
    replies.hear_now(event)
    rulings.hear_now(event)
