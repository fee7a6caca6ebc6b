"""The client's key of a form: the same form sent twice acts once."""

from __future__ import annotations

import hashlib
from uuid import UUID, uuid4


def read_key(posted: str) -> str:
    """The key that the form carries, or a fresh one. Only a UUID counts: a short key could be guessed."""
    try:
        return str(UUID(posted))
    except ValueError:
        return str(uuid4())


def make_source_key(client_key: str, *contents: str) -> str:
    """The key of a report. The contents count too: going back and writing anew is another matter."""
    return f"portal:{client_key}:{hashlib.sha256(chr(0).join(contents).encode()).hexdigest()[:16]}"
