"""What stands around a page: the groups and items of the menu, tabs of saved views, notices after an act."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from huiyin.kernel.words import Words

Said = Words | str


@dataclass(frozen=True, slots=True)
class NavItem:
    """One way in the menu; `count` is what waits there (0 and None show nothing)."""

    title: Said
    url: str
    icon: str
    count: int | None = None
    current: bool = False


@dataclass(frozen=True, slots=True)
class NavGroup:
    """Items under one heading; the first group usually has none."""

    title: Said
    items: tuple[NavItem, ...]


@dataclass(frozen=True, slots=True)
class Tab:
    """One saved view; `urgent` makes its count red (only what is overdue is)."""

    title: Said
    url: str
    count: int | None = None
    current: bool = False
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """One sentence at the top of a page: what was done, or what is wrong."""

    tone: Literal["green", "amber", "red", "blue"]
    words: Said
