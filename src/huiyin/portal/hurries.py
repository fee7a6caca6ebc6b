"""When the person last hurried a matter, from its journal."""

from __future__ import annotations

from datetime import datetime

from huiyin.journal.api import list_entries

HURRY = "hurry"


def find_last_hurry(number: str) -> datetime | None:
    """The moment of the person's own last hurry; what a clerk noted for a caller does not count."""
    entries = list_entries(f"case:{number}")
    own = [entry.at for entry in entries if entry.verb == HURRY and entry.body.get("role") == "person"]
    return max(own, default=None)
