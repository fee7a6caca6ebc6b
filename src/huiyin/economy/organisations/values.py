"""The values of organisations: offices, a scope of sight, what is reckoned by their charters."""

from __future__ import annotations

from dataclasses import dataclass

from huiyin.kernel.words import Words

OFFICES: dict[str, Words] = {
    "director": Words("理事长", "Director"),
    "board": Words("理事", "Member of the board"),
    "overseer": Words("监事", "Overseer"),
    "bookkeeper": Words("会计", "Bookkeeper"),
    "cashier": Words("出纳", "Cashier"),
}
"""Offices that an organisation has."""

EVERYWHERE = frozenset({"leader", "auditor", "supervisor", "centre"})
"""Roles that look into every organisation of the county and change nothing in it."""

OF_ORGANISATION = frozenset({"bookkeeper", "reviewer", "cashier", "director", "overseer"})
"""Roles that are held at an organisation's own unit."""

OVERSEES = "rural"
"""The role that oversees a township's organisations, and at a county office all of them."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which organisations an account sees: every one, those of townships (unit ids), those of its posts."""

    everything: bool = False
    townships: frozenset[int] = frozenset()
    units: frozenset[int] = frozenset()
