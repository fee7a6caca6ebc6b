"""Takes a whole file of requests in, by the path of any other; bad rows are set aside with reasons."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from itertools import islice
from pathlib import Path
from time import monotonic
from typing import Any, Self, TextIO

from django.db import DataError

from huiyin.appeals.mapping import make_appeal
from huiyin.appeals.reporting import report_many
from huiyin.appeals.sources import BadRow, Row, read_rows
from huiyin.appeals.values import NewAppeal
from huiyin.cases.api import SYSTEM, get_newest
from huiyin.kernel.refusals import Refusal
from huiyin.register.api import check_channel, load_calendar

BATCH = 500
_Draft = tuple[int, Row, NewAppeal]
_REFUSED = (Refusal, ValueError, DataError)
"""What a row can be at fault for: it breaks a rule, holds what no text can, or what no column takes."""


@dataclass(slots=True)
class Tally:
    """What became of the rows of a file, and where the bad ones were put (None while there is none)."""

    read: int = 0
    taken: int = 0
    skipped: int = 0
    bad: int = 0
    milliseconds: int = 0
    bad_file: Path | None = None


def intake_file(
    path: Path,
    channel: str,
    process: str,
    wanted: Mapping[str, str],
    now: datetime,
    progress: Callable[[Tally], None] = lambda _tally: None,
) -> Tally:
    """Take every good row in, `BATCH` at a time, each batch in its own transaction.

    Rows known by their source id (or, without one, by their content) are skipped. Bad rows go to
    `FILE.bad.jsonl` beside the file, or in the working folder when that cannot be written, each with its line
    and reason. Refused: an unknown channel or process. A file that breaks off raises `UnreadableFile`; what
    was taken before stays, and a second run skips it.
    """
    check_channel(channel)
    get_newest(process)
    tally, start = Tally(), monotonic()
    reading = _Reading(channel, process, wanted, now, load_calendar().tzinfo)
    with _BadRows(path, tally) as bad:
        drafts = reading.read(path, tally, bad)
        while batch := list(islice(drafts, BATCH)):
            _take(batch, tally, bad)
            tally.milliseconds = round((monotonic() - start) * 1000)
            progress(tally)
    tally.milliseconds = round((monotonic() - start) * 1000)
    return tally


@dataclass(frozen=True, slots=True)
class _Reading:
    """How the rows of this file become requests."""

    channel: str
    process: str
    wanted: Mapping[str, str]
    now: datetime
    zone: tzinfo

    def read(self, path: Path, tally: Tally, bad: _BadRows) -> Iterator[_Draft]:
        """Every good row as a request; a bad one is set aside."""
        for line, row in read_rows(path):
            tally.read += 1
            if isinstance(row, BadRow):
                bad.write(line, row.raw, row.reason)
                continue
            try:
                appeal = make_appeal(row, self.wanted, self.channel, self.process, self.now, self.zone)
            except ValueError as error:
                bad.write(line, row, str(error))
            else:
                yield line, row, appeal


def _take(batch: list[_Draft], tally: Tally, bad: _BadRows) -> None:
    """A batch in one transaction; when a row of it is refused, the rows are taken one by one."""
    try:
        results = report_many([appeal for _, _, appeal in batch], SYSTEM)
    except _REFUSED:
        for line, row, appeal in batch:
            _take_one(line, row, appeal, tally, bad)
        return
    tally.taken += sum(result.fresh for result in results)
    tally.skipped += sum(not result.fresh for result in results)


def _take_one(line: int, row: Row, appeal: NewAppeal, tally: Tally, bad: _BadRows) -> None:
    try:
        fresh = report_many([appeal], SYSTEM)[0].fresh
    except _REFUSED as error:
        bad.write(line, row, error.words.zh if isinstance(error, Refusal) else str(error))
    else:
        tally.taken += fresh
        tally.skipped += not fresh


class _BadRows:
    """The file of rows that could not be taken, made when the first one comes."""

    def __init__(self, source: Path, tally: Tally) -> None:
        self._places = (source.with_name(f"{source.name}.bad.jsonl"), Path.cwd() / f"{source.name}.bad.jsonl")
        self._tally = tally
        self._file: TextIO | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        if self._file is not None:
            self._file.close()

    def write(self, line: int, row: Any, reason: str) -> None:
        """Keep and count a row with its line number and the reason."""
        self._tally.bad += 1
        if self._file is None:
            self._file = self._open()
        told = {"line": line, "reason": reason, "row": row}
        self._file.write(json.dumps(told, ensure_ascii=False, default=str) + "\n")

    def _open(self) -> TextIO:
        beside, here = self._places
        try:
            file = beside.open("w", encoding="utf-8", errors="backslashreplace")
        except OSError:
            file = here.open("w", encoding="utf-8", errors="backslashreplace")
        self._tally.bad_file = Path(file.name)
        return file
