"""The page that a package above has for cases of its own process, linked from the page of the case."""

from __future__ import annotations

from dataclasses import dataclass

from huiyin.kernel.words import Words


@dataclass(frozen=True, slots=True)
class OwnPage:
    """A route that takes the case's number, and what the link says."""

    route: str
    title: Words


_PAGES: dict[str, OwnPage] = {}


def register_own_page(process: str, route: str, title: Words) -> None:
    """Tell, when an application is ready, that cases of `process` have a page of their own."""
    _PAGES[process] = OwnPage(route, title)


def find_own_page(process: str) -> OwnPage | None:
    """The page of that process; None when the case's own page is all there is."""
    return _PAGES.get(process)
