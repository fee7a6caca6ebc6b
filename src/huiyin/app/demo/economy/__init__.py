"""The village economy of the demo county: sixty villages, their members, books and all that follows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from huiyin.app.demo.economy.assets import fill_assets
from huiyin.app.demo.economy.books import fill_books
from huiyin.app.demo.economy.contracts import fill_contracts, fill_hints
from huiyin.app.demo.economy.cooperatives import fill_cooperatives
from huiyin.app.demo.economy.distributions import fill_distributions
from huiyin.app.demo.economy.membership import fill_membership
from huiyin.app.demo.economy.organisations import install_organisations
from huiyin.app.demo.economy.people import fill_people
from huiyin.app.demo.economy.postings import fill_postings
from huiyin.app.demo.economy.shares import fill_shares
from huiyin.kernel.words import Words

Fill = Callable[[datetime], None]

FILLS: tuple[Fill, ...] = (
    fill_people,
    fill_shares,
    fill_membership,
    fill_cooperatives,
    fill_books,
    fill_contracts,
    fill_assets,
    fill_postings,
    fill_hints,
    fill_distributions,
)  # fmt: skip
"""What is made, each part on what stands before it."""


def fill_economy(now: datetime, most: int | None, progress: Callable[[Words], None]) -> None:
    """Make the village economy as it stands at `now`, of `most` organisations; of none, nothing is made.

    `progress` hears each tenth of the way.
    """
    install_organisations(most)
    if most == 0:
        return
    for at, fill in enumerate(FILLS):
        part = at * 100 // len(FILLS)
        progress(
            Words(f"禾川县：六十个村的集体经济 {part}%", f"Hechuan: the economy of sixty villages, {part}%")
        )
        fill(now)


_TOLD = Words("禾川县：六十个村的集体经济 {part}%", "Hechuan: the economy of sixty villages, {part}%")
