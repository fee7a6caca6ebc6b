"""Why a clock is due when it is: every day that was skipped, every pause and extension with its evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from huiyin.cases.api import Attachment, CaseClock, CaseView
from huiyin.journal.api import StoredEntry
from huiyin.kernel.words import Words
from huiyin.workdays.api import DayCount, Due, Limit

PLAIN = frozenset({"counted", "clock"})
SHORT = 4
"""A run of fewer plain days is listed day by day."""


@dataclass(frozen=True, slots=True)
class Row:
    """One day, or a run of plain counted days from `on` to `until`."""

    on: date
    until: date
    counted: bool
    why: Words

    @property
    def single(self) -> bool:
        """One day alone."""
        return self.on == self.until


@dataclass(frozen=True, slots=True)
class Event:
    """A pause or an extension: when, what, by whom, and the papers given for it."""

    title: Words
    since: datetime
    until: datetime | None
    actor: str
    reason: str
    files: tuple[Attachment, ...]


@dataclass(frozen=True, slots=True)
class Reasons:
    """All that a due date rests on."""

    rows: tuple[Row, ...]
    days: tuple[Row, ...]
    events: tuple[Event, ...]
    provisional: bool
    skipped: int


def give_reasons(view: CaseView, clock: CaseClock, due: Due) -> Reasons:
    """The clock's days (`days` one by one, `rows` with plain runs drawn together), pauses and extensions."""
    days = tuple(Row(day.on, day.on, day.counted, day.why) for day in due.days)
    events = sorted(
        (*_list_pauses(view, clock), *_list_extensions(view, clock)), key=lambda event: event.since
    )
    skipped = sum(not day.counted for day in due.days)
    return Reasons(tuple(_draw_together(due.days)), days, tuple(events), due.provisional, skipped)


def _draw_together(days: Sequence[DayCount]) -> Iterator[Row]:
    for plain, run in groupby(days, key=lambda day: day.counted and day.code in PLAIN):
        held = list(run)
        if not plain or len(held) < SHORT:
            yield from (Row(day.on, day.on, day.counted, day.why) for day in held)
            continue
        why = Words("{first} 至 {last}", "{first} to {last}").fill(first=held[0].why, last=held[-1].why)
        yield Row(
            held[0].on, held[-1].on, counted=True, why=held[0].why if held[0].why == held[-1].why else why
        )


def _list_pauses(view: CaseView, clock: CaseClock) -> Iterator[Event]:
    for pause in clock.pauses:
        since = datetime.fromisoformat(str(pause["since"]))
        until = datetime.fromisoformat(pause["until"]) if pause["until"] else None
        entry = next((entry for entry in view.entries if entry.at == since), None)
        asked = _find_request(view, entry) or entry
        files = _files_of(view, asked)
        yield Event(
            Words("暂停计时", "The clock stood still"),
            since,
            until,
            entry.actor if entry else "",
            str(pause["reason"]),
            files,
        )


def _list_extensions(view: CaseView, clock: CaseClock) -> Iterator[Event]:
    if not clock.main:
        return
    until = clock.stopped_at
    granted = [
        entry for entry in view.entries
        if entry.body.get("extended") and clock.started_at <= entry.at <= (until or entry.at)
    ]  # fmt: skip
    for entry in granted:
        asked = _find_request(view, entry)
        title = Words("延期 {limit}", "Extended by {limit}").fill(
            limit=Limit.parse(entry.body["extended"]).tell()
        )
        reason = str(asked.body["inputs"].get("reason", "")) if asked else ""
        yield Event(title, entry.at, None, entry.actor, reason, _files_of(view, asked))


def _find_request(view: CaseView, decided: StoredEntry | None) -> StoredEntry | None:
    """The request that a decision in a review rests on: the last move before it that asked."""
    source = view.process.stages.get(str(decided.body.get("from", ""))) if decided else None
    if decided is None or source is None or source.kind != "review":
        return None
    before = [entry for entry in view.entries if entry.seq < decided.seq and entry.verb in view.process.moves]
    asks = (entry for entry in reversed(before) if "ask" in view.process.moves[entry.verb].does)
    return next(asks, None)


def _files_of(view: CaseView, entry: StoredEntry | None) -> tuple[Attachment, ...]:
    given = set(entry.body.get("inputs", {}).get("files", ())) if entry else set()
    return tuple(file for file in view.attachments if file.pk in given)
