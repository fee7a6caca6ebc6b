"""What the package listens for: a move in a dispute."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from huiyin.journal.api import Event
from huiyin.rulings.keeping import keep_disputes


def is_disputed(event: Mapping[str, Any]) -> bool:
    """Whether a move asked for a return, spoke to one or decided it: most did not."""
    return bool(event.get("disputed"))


def hear_now(event: Event) -> None:
    """What the job does, at once: for the demo county, whose events lie in the past."""
    if event.name == "case-moved" and is_disputed(event.body):
        keep_disputes(event.body["case_id"])
