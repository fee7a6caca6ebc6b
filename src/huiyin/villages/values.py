"""The values of the pages: sections, and who opens them."""

from __future__ import annotations

from dataclasses import dataclass

from huiyin.kernel.words import Words

OFFICERS = ("bookkeeper", "reviewer", "cashier", "director", "overseer")
"""Roles at an organisation itself."""

LOOKERS = ("leader", "auditor", "supervisor", "centre")
"""Roles that look into every organisation and change nothing."""

READERS = (*OFFICERS, "rural", *LOOKERS)
"""Whoever opens the pages at all."""


@dataclass(frozen=True, slots=True)
class Section:
    """A tab: its key, its route, its title."""

    key: str
    route: str
    title: Words
