"""A list as a spreadsheet: written as it is listed, read back with its headings checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import IO

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from huiyin.administration.setup.fields import Field, Row
from huiyin.administration.setup.listings import Listing
from huiyin.administration.setup.plans import Given
from huiyin.console.api import export_xlsx
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import fold
from huiyin.kernel.words import Words
from huiyin.pages.api import Column, UnreadableBook, read_book, tell_cell


def answer_sheet(request: HttpRequest, listing: Listing, rows: Iterable[Row]) -> HttpResponse:
    """The rows as a download."""
    columns, cells = make_sheet(listing, rows)
    return export_xlsx(
        request, f"setup-{listing.key}", listing.title.tell(get_language() or "zh"), columns, cells
    )


def make_sheet(listing: Listing, rows: Iterable[Row]) -> tuple[list[Column], Iterator[list[str | Words]]]:
    """Columns and cells that can be read back: a reference as code and name, a choice by its title."""
    titles = {one.key: one.known.titles for one in listing.fields if one.options}
    columns = [Column(one.title, one.width) for one in listing.fields]
    return columns, ([_tell(one, row[one.key], titles) for one in listing.fields] for row in rows)


def _tell(one: Field, text: str, titles: dict[str, dict[str, Words]]) -> str | Words:
    if one.kind in {"yes-no", "choice"}:
        return titles[one.key].get(text, Words(text, text)) if one.key in titles else one.title_of(text)
    if one.kind == "ref" and text:
        title = titles[one.key].get(text)
        return _join(text, title) if title else text
    return text


def _join(text: str, title: Words) -> Words:
    return Words(f"{text} {title.zh.strip('　')}", f"{text} {(title.en or title.zh).strip('　')}")


def read_sheet(listing: Listing, file: IO[bytes], enough: int | None = None) -> list[Given]:
    """The rows of an uploaded workbook, empty ones left out; not many more than `enough`, if that is named.

    Refuses `bad-file` and `bad-headings`.
    """
    try:
        rows = read_book(file)
        keys = _match([tell_cell(cell) for cell in next(rows, ())], listing)
        given: list[Given] = []
        for line, cells in enumerate(rows, start=2):
            texts = [tell_cell(cell) for cell in cells]
            if any(texts):
                texts += [""] * (len(keys) - len(texts))
                given.append((line, {key: text for key, text in zip(keys, texts, strict=False) if key}))
            if enough is not None and len(given) > enough:
                break
    except UnreadableBook as error:
        raise Refusal("bad-file", error.words, field="file") from error
    if not given:
        raise Refusal("bad-file", Words("表里没有内容。", "The sheet has no rows."), field="file")
    return given


def _match(headings: Sequence[str], listing: Listing) -> list[str]:
    """The field key of each column; empty for columns that are shown but not read."""
    names = {
        fold(name): one for one in listing.fields for name in (one.key, one.title.zh, one.title.en) if name
    }
    while headings and not headings[-1]:
        headings = headings[:-1]
    found = [names.get(fold(heading)) for heading in headings]
    keys = [one.key for one in found if one is not None]
    needed = [one.title for one in listing.writable if one.required or one.key == listing.identity]
    missing = [title for title in needed if title not in {one.title for one in found if one is not None}]
    if missing or None in found or len(set(keys)) < len(keys):
        raise _refuse_headings(listing)
    return ["" if one is None or one.told else one.key for one in found]


def _refuse_headings(listing: Listing) -> Refusal:
    titles = [one.title for one in listing.fields]
    listed = Words("、".join(title.zh for title in titles), ", ".join(title.en for title in titles))
    words = Words(
        "第一行的列名对不上。这张表的列是：{listed}。建议先下载，在下载的表上改。",
        "The headings do not match. The columns of this list are: {listed}. Best change a download.",
    )
    return Refusal("bad-headings", words.fill(listed=listed), field="file")
