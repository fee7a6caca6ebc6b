"""The clocks of a case as they are shown: what is left, what is used, where the warnings lie."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from huiyin.cases.api import CaseClock, CaseView, explain_clock
from huiyin.console.matter.reasons import Reasons, give_reasons
from huiyin.kernel.words import Words
from huiyin.pages.api import Badge, local, make_badge, say_length
from huiyin.process.api import ASIDE, RIGHT
from huiyin.workdays.api import Due, at_fraction, remaining_seconds, used_per_mille

TICKS = (500, 800)
"""Marked where the process file names no warnings of its own (黄色提醒 50%、橙色提醒 80%)."""


@dataclass(frozen=True, slots=True)
class Face:
    """One clock at one moment. Places on the bar are thousandths of the time from start to due."""

    clock: CaseClock
    title: Words
    badge: Badge
    due_at: datetime
    filled: int
    ticks: tuple[tuple[int, int], ...]
    rests: tuple[tuple[int, int], ...]
    used: Words
    whole: Words
    reasons: Reasons

    @property
    def running(self) -> bool:
        """Not stopped yet."""
        return self.clock.stopped_at is None


def list_faces(view: CaseView, now: datetime) -> list[Face]:
    """Every clock: the one that matters most first, then running ones by due date, then stopped ones.

    The time in which something may be asked is shown while it lasts.
    """
    shown = [clock for clock in view.clocks if clock.owner != RIGHT or _lasts(clock, now)]
    ordered = sorted(shown, key=lambda clock: (*_rank(clock), clock.due_at, clock.pk))
    return [make_face(view, clock, now) for clock in ordered]


def _lasts(clock: CaseClock, now: datetime) -> bool:
    return clock.stopped_at is None and clock.due_at > now


def _rank(clock: CaseClock) -> tuple[bool, bool, bool]:
    return clock.stopped_at is not None, not clock.main, clock.owner in ASIDE


def make_face(view: CaseView, clock: CaseClock, now: datetime) -> Face:
    """What the clock shows at `now`; a stopped one shows how it stood when it stopped."""
    due = explain_clock(clock)
    until = clock.stopped_at or now
    due_at = due.due_at or clock.due_at
    definition = view.process.clocks.get(clock.key)
    warns = definition.warn if definition and definition.warn else TICKS
    shares = [(share, at_fraction(due, share)) for share in warns]
    return Face(
        clock=clock,
        title=definition.title if definition else Words(clock.key),
        badge=_make_badge(clock, due, due_at, until),
        due_at=due_at,
        filled=_place(due, due_at, clock.paused_at or until),
        ticks=tuple((_place(due, due_at, at), share) for share, at in shares if at),
        rests=tuple(_list_rests(due, due_at)),
        used=_say_used(due, clock.paused_at or until),
        whole=_say_whole(due),
        reasons=give_reasons(view, clock, due),
    )


def _make_badge(clock: CaseClock, due: Due, due_at: datetime, until: datetime) -> Badge:
    shown = until + timedelta(seconds=remaining_seconds(due, until)) if clock.paused_at else due_at
    used = used_per_mille(due, until)
    return make_badge(shown, clock.started_at, used, clock.paused_at is not None, clock.stopped_at, until)


def _place(due: Due, due_at: datetime, at: datetime) -> int:
    whole = due_at - due.started_at
    return min(max((at - due.started_at) * 1000 // whole, 0), 1000) if whole > timedelta(0) else 1000


def _list_rests(due: Due, due_at: datetime) -> Iterator[tuple[int, int]]:
    """Start and width of the stretches that do not count: nights off, weekends, holidays, pauses."""
    reached = due.started_at
    for window in due.windows:
        if window.since > reached:
            start = _place(due, due_at, reached)
            yield start, _place(due, due_at, window.since) - start
        reached = window.until


def _say_used(due: Due, at: datetime) -> Words:
    if all(limit.unit == "h" for limit in due.limits):
        paused = sum(
            (_overlap(pause.since, pause.until or at, due.started_at, at) for pause in due.pauses),
            timedelta(0),
        )
        return Words("已用 {length}", "{length} used").fill(
            length=say_length(max(at - due.started_at - paused, timedelta(0)))
        )
    here = local(at)
    done = [
        day
        for day in due.days
        if day.counted
        and (day.on < here.date() or (day.on == here.date() and here.time() >= due.calendar.close))
    ]
    words = (
        Words("已过 {days} 个工作日", "{days} working days gone")
        if due.limits[0].unit == "wd"
        else Words("已过 {days} 天", "{days} days gone")
    )
    return words.fill(days=len(done))


def _overlap(since: datetime, until: datetime, first: datetime, last: datetime) -> timedelta:
    return max(min(until, last) - max(since, first), timedelta(0))


def _say_whole(due: Due) -> Words:
    limits: Sequence[Words] = [limit.tell() for limit in due.limits]
    zh, en = " ＋ ".join(words.zh for words in limits), " + ".join(words.tell("en") for words in limits)
    return Words(f"共 {zh}", f"of {en}")
