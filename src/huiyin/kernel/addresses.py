"""Web addresses that others have written."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit


def split_address(text: str) -> SplitResult:
    """The parts of an address; empty ones for what is none, such as `http://[`."""
    try:
        return urlsplit(text)
    except ValueError:
        return urlsplit("")
