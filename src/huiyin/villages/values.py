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
    """A tab: its key, its route, its title, and of which kinds of organisation it is (all, when empty)."""

    key: str
    route: str
    title: Words
    kinds: frozenset[str] = frozenset()

    def belongs_to(self, kind: str) -> bool:
        """Whether an organisation of that kind has it."""
        return not self.kinds or kind in self.kinds
