"""Where a reader stands in a long list: by page numbers, or by a cursor when counting would cost too much."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

Query = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PageLink:
    """One number of the pager; an empty address is a gap (…)."""

    number: int
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Paging:
    """The pager's content. Unknown totals are None; an empty address means that there is no such page.

    With `more` the total is where counting stopped.
    """

    previous_url: str = ""
    next_url: str = ""
    first: int | None = None
    last: int | None = None
    total: int | None = None
    links: tuple[PageLink, ...] = ()
    more: bool = False


def read_page(query: Query, pages: int | None = None) -> int:
    """The page asked for, from 1; nonsense is page 1, and more than `pages` is the last."""
    text = query.get("page", "1")
    page = int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 1
    return max(1, min(page, pages) if pages else page)


def address(query: Query, **changes: str) -> str:
    """The same list with some parts of its query changed; empty parts are left out."""
    parts = {key: value for key, value in {**query, **changes}.items() if value}
    return f"?{urlencode(parts)}" if parts else "?"


def number_pages(query: Query, total: int, size: int, *, more: bool = False) -> Paging:
    """Numbered paging over `total` rows, `size` a page, at the page that `query` asks for.

    With `more` counting stopped at `total`.
    """
    pages = max(1, -(-total // size))
    page = read_page(query, pages)
    return Paging(
        previous_url=address(query, page=str(page - 1)) if page > 1 else "",
        next_url=address(query, page=str(page + 1)) if page < pages else "",
        first=(page - 1) * size + 1 if total else 0,
        last=min(page * size, total),
        total=total,
        links=_links(query, page, pages) if pages > 1 else (),
        more=more,
    )


def follow_cursor(query: Query, *, after: str | None, before: str | None, total: int | None = None) -> Paging:
    """Keyset paging: `after` and `before` are the opaque cursors of the next and previous part, if any."""
    return Paging(
        previous_url=address(query, before=before, after="") if before else "",
        next_url=address(query, after=after, before="") if after else "",
        total=total,
    )


def _links(query: Query, page: int, pages: int) -> tuple[PageLink, ...]:
    shown = sorted({1, pages, *range(max(1, page - 2), min(pages, page + 2) + 1)})
    links: list[PageLink] = []
    for number in shown:
        if links and number - links[-1].number > 1:
            links.append(PageLink(number - 1, ""))
        links.append(PageLink(number, address(query, page=str(number)), current=number == page))
    return tuple(links)
