"""A roster as a sheet: the headings, the reading of rows, and rows carried over a preview under a seal."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import IO, Any

from huiyin.economy.members.api import SEXES, STANDINGS, PersonEntry, RosterRow
from huiyin.journal.api import SealBroken, open_seal, seal
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import fold
from huiyin.kernel.words import Words
from huiyin.pages.api import Bounds, Column, UnreadableBook, read_book, tell_cell

MOST = 5_000
SEAL = "roster-preview"
HEADINGS: dict[str, Words] = {
    "household": Words("户号", "Household"),
    "group_name": Words("村民小组", "Group"),
    "name": Words("姓名", "Name"),
    "id_number": Words("身份证号", "Identity number"),
    "sex": Words("性别", "Sex"),
    "relation": Words("与户主关系", "Relation"),
    "phone": Words("电话", "Phone"),
    "capable": Words("完全民事行为能力", "Full capacity"),
    "standing": Words("身份", "Standing"),
}
NEEDED = ("household", "name", "id_number", "sex")
COLUMNS = [Column(title, 18) for title in HEADINGS.values()]


def read_roster(file: IO[bytes]) -> list[RosterRow]:
    """The rows of an uploaded workbook; empty ones are left out. Refuses `bad-file`, `bad-headings`."""
    try:
        rows = read_book(file, Bounds(rows=MOST, columns=40))
        keys = _match([tell_cell(cell) for cell in next(rows, ())])
        given = []
        for line, cells in enumerate(rows, start=2):
            texts = [tell_cell(cell) for cell in cells]
            if any(texts):
                given.append(_make(line, dict(zip(keys, texts, strict=False))))
    except UnreadableBook as error:
        raise Refusal("bad-file", error.words, field="file") from error
    if not given:
        raise Refusal("bad-file", Words("表里没有内容。", "The sheet has no rows."), field="file")
    return given


def _match(headings: Sequence[str]) -> list[str]:
    names = {fold(name): key for key, title in HEADINGS.items() for name in (key, title.zh, title.en)}
    keys = [names.get(fold(heading), "") for heading in headings]
    missing = [HEADINGS[key].zh for key in NEEDED if key not in keys]
    if missing:
        words = Words(
            "缺少这几列：{names}。请先下载模板，在模板上填。",
            "These columns are missing: {names}. Download the template and fill it in.",
        )
        raise Refusal("bad-headings", words.fill(names="、".join(missing)), field="file")
    return keys


def _make(line: int, row: dict[str, str]) -> RosterRow:
    number = row["household"]
    return RosterRow(
        line,
        int(number) if number.isascii() and number.isdigit() and len(number) < 7 else 0,
        row.get("group_name", ""),
        PersonEntry(
            row["name"],
            row["id_number"],
            _find(row["sex"], SEXES),
            None,
            row.get("relation", ""),
            row.get("phone", ""),
            capable=fold(row.get("capable", "")) not in {"否", "no", "n", "0"},
        ),
        _find(row.get("standing", ""), STANDINGS) or "candidate",
    )


def _find(text: str, titles: dict[str, Words]) -> str:
    """The key that a text names; the text itself when it names none, so that it is refused as it stands."""
    names = {fold(name): key for key, title in titles.items() for name in (key, title.zh, title.en)}
    return names.get(fold(text), text)


def pack_rows(rows: Sequence[RosterRow]) -> str:
    """The rows sealed, for a hidden field: whoever reads the page reads no identity in it."""
    told = [[row.line, row.household, row.group_name, _tell(row.entry), row.standing] for row in rows]
    plain = base64.b64encode(zlib.compress(json.dumps(told, ensure_ascii=False).encode())).decode()
    return base64.b64encode(seal(plain, SEAL)).decode()


def _tell(entry: PersonEntry) -> dict[str, object]:
    return {**asdict(entry), "born_on": entry.born_on.isoformat() if entry.born_on else None}


def unpack_rows(text: str) -> list[RosterRow]:
    """The rows again. Refuses `bad-file` for anything that this product did not seal."""
    try:
        plain = open_seal(base64.b64decode(text), SEAL)
        told = json.loads(zlib.decompress(base64.b64decode(plain)))
    except (SealBroken, ValueError, zlib.error) as error:
        words = Words("预览已失效，请重新上传。", "The preview is no longer good. Upload the file again.")
        raise Refusal("bad-file", words, field="file") from error
    return [
        RosterRow(line, household, group_name, _read(entry), standing)
        for line, household, group_name, entry, standing in told
    ]


def _read(entry: dict[str, Any]) -> PersonEntry:
    born = entry["born_on"]
    return PersonEntry(**{**entry, "born_on": date.fromisoformat(born) if born else None})
