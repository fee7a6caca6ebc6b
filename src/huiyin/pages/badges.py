"""The badge of time left: what is overdue, what is soon, what rests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from huiyin.kernel.words import Words
from huiyin.pages.times import say_length, say_short, split_length

SOON = timedelta(hours=4)
SOON_PER_MILLE = 850  # less than 15 % of the limit is left


class Kind(StrEnum):
    """What a badge says; its colour and icon follow from it."""

    LATE = "late"
    SOON = "soon"
    PLAIN = "plain"
    PAUSED = "paused"
    DONE = "done"
    NONE = "none"


ICONS = {
    Kind.LATE: "triangle-alert",
    Kind.SOON: "clock",
    Kind.PLAIN: "",
    Kind.PAUSED: "pause",
    Kind.DONE: "circle-check",
    Kind.NONE: "",
}


@dataclass(frozen=True, slots=True)
class Badge:
    """Short words for lists, whole words for the clock card, and the share of the limit used (0–1000)."""

    kind: Kind
    icon: str
    words: Words
    per_mille: int
    whole_words: Words


def make_badge(
    due_at: datetime | None,
    started_at: datetime | None,
    used_per_mille: int | None,
    paused: bool,
    closed_at: datetime | None,
    now: datetime,
) -> Badge:
    """What a clock says at `now`: 超 2天6时, 剩 57分, 停 10时49分, 办结.

    `used_per_mille` is counted by the clock itself (working time, pauses); without it the plain time between
    `started_at` and `due_at` is taken. The moment of the limit itself is still in time.
    """
    if closed_at is not None:
        return _done(due_at, closed_at, used_per_mille or 0)
    if due_at is None:
        kind = Kind.PAUSED if paused else Kind.NONE
        return _badge(
            kind, Words("停", "Paused") if paused else Words("不限时", "No limit"), used_per_mille or 0
        )
    used = _share(started_at, due_at, now) if used_per_mille is None else used_per_mille
    kind = _running_kind(due_at - now, used, paused=paused)
    if kind is Kind.PAUSED and now > due_at:
        return _badge(kind, Words("停", "Paused"), used)
    short, whole = _tell_left(kind, *split_length(due_at - now))
    return _badge(kind, short, 1000 if kind is Kind.LATE else used, whole)


_LEFT = {Kind.LATE: Words("超 {t}", "{t} over"), Kind.PAUSED: Words("停 {t}", "Paused, {t} left")}


@lru_cache(maxsize=4096)
def _tell_left(kind: Kind, days: int, hours: int, minutes: int) -> tuple[Words, Words]:
    words = _LEFT.get(kind, Words("剩 {t}", "{t} left"))
    left = timedelta(days=days, hours=hours, minutes=minutes)
    return words.fill(t=say_short(left)), words.fill(t=say_length(left))


def _running_kind(left: timedelta, used: int, *, paused: bool) -> Kind:
    if paused:
        return Kind.PAUSED
    if left < timedelta(0):
        return Kind.LATE
    return Kind.SOON if left < SOON or used > SOON_PER_MILLE else Kind.PLAIN


def _done(due_at: datetime | None, closed_at: datetime, used: int) -> Badge:
    late = due_at is not None and closed_at > due_at
    return _badge(
        Kind.DONE,
        Words("超时办结", "Closed late") if late else Words("办结", "Closed"),
        1000 if late else used,
    )


def _share(started_at: datetime | None, due_at: datetime, now: datetime) -> int:
    if started_at is None or due_at <= started_at:
        return 0
    return (now - started_at) * 1000 // (due_at - started_at)


def _badge(kind: Kind, words: Words, per_mille: int, whole: Words | None = None) -> Badge:
    return Badge(kind, ICONS[kind], words, min(max(per_mille, 0), 1000), whole or words)
