"""Every parser of the product: any text is a value, or is refused in words; nothing else ever comes out."""

from __future__ import annotations

import gzip
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from huiyin.appeals import sources
from huiyin.appeals.mapping import read_map
from huiyin.appeals.sources import BadRow, UnreadableFile, count_rows, read_rows
from huiyin.cases.attachments import Upload, keep_files
from huiyin.cases.search import make_pairs
from huiyin.console.ledger.asking import read_asked as read_ledger
from huiyin.console.ledger.views_days import _count as count_day
from huiyin.console.ledger.views_days import _read_year
from huiyin.console.worklists.asking import read_asked as read_worklist
from huiyin.console.worklists.columns import read_cookie
from huiyin.kernel.addresses import split_address
from huiyin.kernel.canonical import canonical
from huiyin.kernel.masks import mask_name, mask_phone
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import bigrams, clean, digest, fold, read_number, shorten
from huiyin.pages.api import Bounds, read_page
from huiyin.pages.xlsx import Column, write_xlsx
from huiyin.people.api import normalise_phone
from huiyin.portal.keeping import read_token
from huiyin.portal.keys import make_source_key, read_key
from huiyin.process.api import Misshapen, read_process
from huiyin.workdays.api import Calendar, Limit

TODAY = date(2026, 11, 26)
NOW = datetime(2026, 11, 26, 4, tzinfo=UTC)
ANY = st.text(st.characters(exclude_categories=()), max_size=120) | st.text(
    st.sampled_from("0123456789-+:./=,;%\0\r\n\t '\"{}[]<>&年月日wdhmoTZ\ud800"), max_size=60
)
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
PARSERS: dict[str, tuple[Callable[[str], Any], tuple[type[Exception], ...]]] = {
    "clean": (clean, ()),
    "fold": (fold, ()),
    "bigrams": (bigrams, ()),
    "shorten": (lambda text: shorten(text, 20), ()),
    "digest of what is clean": (lambda text: digest(clean(text)), ()),
    "number": (read_number, ()),
    "address": (split_address, ()),
    "mask of a phone": (mask_phone, ()),
    "mask of a name": (mask_name, ()),
    "pairs of signs": (make_pairs, ()),
    "phone": (normalise_phone, (Refusal,)),
    "limit": (Limit.parse, (ValueError,)),
    "process file": (read_process, (Misshapen,)),
    "map of fields": (read_map, (Refusal,)),
    "page": (lambda text: read_page({"page": text}, 7), ()),
    "client key": (read_key, ()),
    "source key": (lambda text: make_source_key("k", clean(text)), ()),
    "token of a kept file": (read_token, ()),
    "cookie of columns": (read_cookie, ()),
    "year": (lambda text: _read_year(text, 2026), ()),
    "worklist": (lambda text: _ask(read_worklist, text, "todo"), ()),
    "ledger": (lambda text: _ask(read_ledger, text, TODAY).scope, ()),
}


def _ask(read: Callable[..., Any], text: str, second: Any) -> Any:
    """The same text as each part of an address, then as the address itself."""
    names = (
        "tab", "q", "township", "stage", "state", "order", "opened_from", "opened_to", "since", "unit",
    )  # fmt: skip
    for name in names:
        read({name: text}, second)
    return read(QueryDict(text.encode("utf-8", "replace").decode()).dict(), second)


def _calculate(text: str) -> None:
    calendar = Calendar()
    for query in (
        {"from": text},
        {"from": "9999-12-31T23:59", "amount": text},
        {"from": "2026-01-01T08:00", "unit": text},
    ):
        count_day(query, calendar, NOW)


PARSERS["calculator"] = (_calculate, ())


@pytest.mark.parametrize("name", PARSERS)
def test_any_text_is_a_value_or_is_refused(name: str) -> None:
    parse, refused = PARSERS[name]

    @QUICK
    @given(ANY)
    @example("")
    @example("9" * 5_000)
    @example("字" * 10_000)
    @example("9999-12-31T23:59:59+14:00")
    @example("0001-01-01T00:00:00-14:00")
    @example("\ud800\0\udfff")
    @example("[" * 5_000)
    @example("１２三²٣")
    def holds(text: str) -> None:
        try:
            parse(text)
        except refused:
            return

    holds()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | ANY,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANY, inner, max_size=3),
    max_leaves=8,
)


@QUICK
@given(JSON)
def test_any_value_has_one_canonical_form_or_none(value: Any) -> None:
    try:
        written = canonical(value)
    except (TypeError, UnicodeEncodeError):
        return
    assert canonical(json.loads(written)) == written


@QUICK
@given(
    st.sampled_from(["photo.jpg", "photo.png", "a.webp", "a.gif", "a.bmp", "paper.pdf", "film.mp4", "x"]),
    st.binary(max_size=200),
    st.sampled_from(
        [
            b"",
            b"\x89PNG\r\n\x1a\n",
            b"\xff\xd8\xff\xe0",
            b"GIF89a",
            b"BM",
            b"RIFF\0\0\0\0WEBP",
            b"PK\x03\x04",
            b"%PDF-",
        ]
    ),
)
def test_any_bytes_are_kept_or_refused(name: str, raw: bytes, start: bytes) -> None:
    try:
        keep_files([Upload(name, io.BytesIO(start + raw))])
    except Refusal:
        return


def make_png(width: int, height: int, data: bytes = b"") -> bytes:
    """A picture that says it is of that size."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(data))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("width", "height"), [(50_000, 50_000), (2**31 - 1, 2**31 - 1), (0, 0), (1, 2**31 - 1)]
)
def test_a_picture_that_would_fill_the_memory_is_refused(width: int, height: int) -> None:
    with pytest.raises(Refusal):
        keep_files([Upload("bomb.png", io.BytesIO(make_png(width, height, bytes(100_000))))])


def test_a_script_that_says_it_is_a_picture_is_refused() -> None:
    for raw in (b"<svg onload=alert(1)>", b"GIF89a/*<script>*/=1;", b"<html>" + make_png(1, 1)):
        with pytest.raises(Refusal):
            keep_files([Upload("face.png", io.BytesIO(raw))])


def test_a_workbook_that_unpacks_to_more_than_the_bound_is_not_opened(
    tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.setattr(sources, "WHOLE_SHEET", Bounds(rows=10, unpacked=1_000_000))
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", bytes(2_000_000))
    assert bomb.stat().st_size < 10_000
    with pytest.raises(UnreadableFile):
        list(read_rows(bomb))
    assert count_rows(bomb) == 0


def test_a_line_without_an_end_is_set_aside_and_the_rest_is_read(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(sources, "MAX_LINE", 1000)
    packed = tmp_path / "bomb.jsonl.gz"
    with gzip.open(packed, "wt", encoding="utf-8") as file:
        file.write("0" * 5_000_000 + '\n{"title": "停水"}\n')
    rows = [row for _, row in read_rows(packed)]
    assert isinstance(rows[0], BadRow)
    assert rows[1:] == [{"title": "停水"}]
    assert count_rows(packed) == 2


@pytest.mark.parametrize("entity", ["<!ENTITY a 'x'>", "<!ENTITY a SYSTEM 'file:///etc/passwd'>"])
def test_a_workbook_that_declares_entities_is_not_opened(tmp_path: Path, entity: str) -> None:
    book = tmp_path / "entities.xlsx"
    book.write_bytes(write_xlsx("表", [Column("title")], [["停水"]]))
    with zipfile.ZipFile(book) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = next(name for name in parts if "sheet1" in name)
    head, _, rest = parts[sheet].partition(b"<worksheet")
    parts[sheet] = head + f"<!DOCTYPE w [{entity}]>".encode() + b"<worksheet" + rest
    with zipfile.ZipFile(book, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    with pytest.raises(UnreadableFile):
        list(read_rows(book))


def test_a_workbook_with_a_lock_or_of_old_says_so(tmp_path: Path) -> None:
    for name in ("locked.xlsx", "old.xlsx"):  # both are OLE files: what begins so is no ZIP
        (tmp_path / name).write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5_000))
        with pytest.raises(UnreadableFile):
            list(read_rows(tmp_path / name))


def test_an_address_of_every_sign_finds_nothing_and_breaks_nothing() -> None:
    every = "".join(map(chr, range(1, 0x250)))
    assert read_worklist(QueryDict(urlencode({"q": every})).dict(), "todo").parts["tab"] == "all"
