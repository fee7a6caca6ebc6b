"""Who looks into the return court, who decides there, and whose returns an account may see."""

from __future__ import annotations

from collections.abc import Collection

from huiyin.console.menu import COURT, HAS_TO_DO_WITH_CASES
from huiyin.kernel.words import Words
from huiyin.pages.api import Tab, url
from huiyin.people.api import AccountInHand

KEEPS_PRECEDENTS = frozenset({"centre"})
SEES_ALL_RETURNS = COURT | {"callback"}
"""The others see the returns of their own units."""

__all__ = [
    "COURT",
    "HAS_TO_DO_WITH_CASES",
    "KEEPS_PRECEDENTS",
    "find_own_units",
    "make_tabs",
]


def find_own_units(account: AccountInHand) -> Collection[int] | None:
    """The units whose returns the account may see; None for all."""
    return None if account.roles & SEES_ALL_RETURNS else account.unit_ids()


def make_tabs(account: AccountInHand, current: str) -> list[Tab]:
    """The pages of the court that the account may open."""
    pages = (
        ("console:court", Words("待裁决", "To decide"), COURT),
        ("console:precedents", Words("先例", "Precedents"), HAS_TO_DO_WITH_CASES),
        ("console:returns", Words("退单记录", "Returns by unit"), HAS_TO_DO_WITH_CASES),
    )
    return [
        Tab(title, url(route), current=route == current)
        for route, title, roles in pages
        if account.roles & roles
    ]
