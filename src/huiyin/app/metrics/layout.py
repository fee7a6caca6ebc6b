"""Where each count stands: one fixed table of whole numbers, the same in every web process of a version."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any

from django.urls import URLPattern, URLResolver

METHODS = ("GET", "POST", "other")
CLASSES = ("2xx", "3xx", "4xx", "5xx")
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)  # seconds; one more without a bound
CELL = len(BUCKETS) + 2  # the buckets, and the sum of microseconds
STATEMENTS, DATABASE_MICROSECONDS, SHARED = 0, 1, 2  # before the cells: counts over all routes
UNKNOWN, STATIC, SHED = "-", "static", "shed"


@dataclass(frozen=True)
class Layout:
    """The names of all routes, sorted."""

    names: tuple[str, ...]

    @property
    def size(self) -> int:
        """How many numbers there are."""
        return SHARED + len(self.names) * len(METHODS) * len(CLASSES) * CELL

    @cached_property
    def digest(self) -> bytes:
        """Equal for equal layouts: counts of another version are not added up with these."""
        told = repr((self.names, METHODS, CLASSES, BUCKETS))
        return hashlib.sha256(told.encode()).digest()

    @cached_property
    def rows(self) -> dict[str, int]:
        """Name → its place."""
        return {name: at for at, name in enumerate(self.names)}

    def place(self, name: str, method: str, status: int) -> int:
        """Where the cell of a request begins; a name that is not known counts as `-`."""
        row = self.rows.get(name, self.rows[UNKNOWN])
        how = 0 if method == "GET" else 1 if method == "POST" else 2
        kind = min(max(status // 100 - 2, 0), 3)
        return SHARED + ((row * len(METHODS) + how) * len(CLASSES) + kind) * CELL

    def cells(self) -> Iterator[tuple[tuple[str, str, str], int]]:
        """Name, method and status class of each cell, and where it begins."""
        for at, labels in enumerate(product(self.names, METHODS, CLASSES)):
            yield labels, SHARED + at * CELL


def find_bucket(seconds: float) -> int:
    """The number of the bucket: the first whose bound is not exceeded."""
    return bisect_left(BUCKETS, seconds)


def make_layout(resolver: URLResolver) -> Layout:
    """Every name under `resolver`, and those for files, for what leads nowhere, for what was turned away."""
    return Layout(tuple(sorted({UNKNOWN, STATIC, SHED, *_names(resolver, "")})))


def _names(resolver: URLResolver, space: str) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = ":".join(part for part in (space, pattern.namespace) if part)
            yield from _names(pattern, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{space}:{_own(pattern)}" if space else _own(pattern)


def _own(pattern: Any) -> str:
    return str(pattern.name or pattern.lookup_str)
