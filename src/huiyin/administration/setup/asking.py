"""Which part of a list is asked for, as the address says: words searched, state, page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from huiyin.administration.setup.fields import Row
from huiyin.administration.setup.listings import Listing
from huiyin.kernel.texts import clean, fold
from huiyin.kernel.words import Words

STATES = {"": Words("在用", "Active"), "closed": Words("已停用", "Closed"), "all": Words("全部", "All")}
SIZE = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """The question as it stands above the list; `state` is empty for entries in use, closed, or all."""

    q: str = ""
    state: str = ""

    @property
    def query(self) -> dict[str, str]:
        """The parts of the address that say so."""
        return {key: value for key, value in (("q", self.q), ("state", self.state)) if value}


def read_asked(query: Mapping[str, str]) -> Asked:
    """What the address asks; nonsense asks for entries in use."""
    state = query.get("state", "")
    return Asked(clean(query.get("q", ""))[:60], state if state in STATES else "")


def choose_rows(listing: Listing, asked: Asked) -> list[Row]:
    """The entries that fit: every word searched for stands somewhere in them, as code or as title."""
    listing = listing.with_options_read()
    words = fold(asked.q).split()
    rows = [row for row in listing.rows() if _fits_state(listing, row, asked.state)]
    return [row for row in rows if _fits(listing, row, words)] if words else rows


def _fits_state(listing: Listing, row: Row, state: str) -> bool:
    return state == "all" or listing.is_active(row) == (state == "")


def _fits(listing: Listing, row: Row, words: list[str]) -> bool:
    titles = [one.title_of(row[one.key]) for one in listing.fields if one.options]
    told = fold(" ".join([*row.values(), *(f"{title.zh} {title.en}" for title in titles)]))
    return all(word in told for word in words)
