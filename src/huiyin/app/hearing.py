"""Hears an event at once in every package that else listens by jobs: for events that lie in the past."""

from __future__ import annotations

import huiyin.appeals.api as appeals
import huiyin.rulings.api as rulings
from huiyin.journal.api import Event


def hear_now(event: Event) -> None:
    """Messages, bells and answers of groups; disputes and rulings."""
    appeals.hear_now(event)
    rulings.hear_now(event)
