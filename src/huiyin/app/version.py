"""Which Huiyin this is."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version


def tell_version() -> str:
    """The installed version; `(source)` when it runs from a tree that is not installed."""
    try:
        return version("huiyin")
    except PackageNotFoundError:
        return "(source)"
