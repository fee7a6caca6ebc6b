"""Whether anybody outside wants to hear of an event at all: asked before a job is made for it."""

from __future__ import annotations

from huiyin.journal.api import load_queries, open_cursor

QUERIES = load_queries(__package__)
_TO_PEERS = frozenset({"case-opened", "case-moved"})


def is_awaited(name: str) -> bool:
    """Whether a subscription asks for the event, or a peer may be sent the matter. One statement."""
    with open_cursor() as cursor:
        cursor.execute(QUERIES["is_awaited"], {"name": name, "to_peers": name in _TO_PEERS})
        awaited: bool = cursor.fetchone()[0]
    return awaited
