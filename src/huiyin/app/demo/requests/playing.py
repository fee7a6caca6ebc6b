"""Plays the requests of the demo county in the order of time: opening, moving, watching the clocks."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from huiyin.app.demo.requests import habits
from huiyin.app.demo.requests.acting import Cast
from huiyin.app.demo.requests.writing import Written
from huiyin.cases.api import Assignment, Case, get_process, move_case, watch_clocks
from huiyin.kernel.refusals import Refusal
from huiyin.process.api import INPUTS, Move, Process
from huiyin.register.api import list_duties_for, list_lawful_ways
from huiyin.workdays.api import Calendar


@dataclass(slots=True)
class Thread:
    """One case on its way. It is drawn towards the stage at which it comes to rest, if one is named."""

    number: str
    written: Written
    slow: bool
    rests_at: str = ""
    made: Counter[str] = field(default_factory=Counter)


class Player:
    """Carries cases forward until the present; all chance comes from one seeded source."""

    def __init__(self, rng: Random, cast: Cast, calendar: Calendar, until: datetime) -> None:
        self._rng, self._cast, self._calendar, self._until = rng, cast, calendar, until
        self._queue: list[tuple[datetime, int, Callable[[datetime], Iterator[Thread]], Thread | None]] = []
        self._count = 0
        self._leaders: dict[tuple[str, int | None], str] = {}
        self._ways = [way.key for way in list_lawful_ways()]

    def plan(self, at: datetime, start: Callable[[datetime], Iterator[Thread]]) -> None:
        """Have `start` open a case at that time."""
        self._push(at, start, None)

    def play(self, heard: Callable[[], None], progress: Callable[[int], None]) -> None:
        """Everything in the order of time up to the present; `heard` is called after every hour of it."""
        hour, done = None, 0
        while self._queue and self._queue[0][0] <= self._until:
            at, _, start, thread = heapq.heappop(self._queue)
            if hour is not None and at - hour >= timedelta(hours=1):
                watch_clocks(at)
                heard()
                hour = at
            hour = hour or at
            if thread is None:
                for opened in start(at):
                    self._next(opened, at)
            else:
                self._step(thread, at)
            done += 1
            progress(done)
        watch_clocks(self._until)
        heard()

    def _push(self, at: datetime, start: Callable[[datetime], Iterator[Thread]], thread: Thread | None) -> None:
        self._count += 1
        heapq.heappush(self._queue, (at, self._count, start, thread))

    def _next(self, thread: Thread, after: datetime, move: str = "accept") -> None:
        at = after + habits.wait_for(self._rng, move, slow=thread.slow)
        self._push(self._in_office(at), _never, thread)

    def _in_office(self, at: datetime) -> datetime:
        """Staff act in office hours: what falls outside waits for the next morning."""
        local = at.astimezone(self._calendar.tzinfo)
        while not (8 <= local.hour < 18 and self._calendar.day(local.date()).works):
            local = (local + timedelta(days=local.hour >= 8)).replace(hour=8, minute=self._rng.randint(0, 59))
            if not self._calendar.day(local.date()).works:
                local += timedelta(days=1)
        return local

    def _step(self, thread: Thread, at: datetime) -> None:
        case = Case.objects.get(number=thread.number)
        if case.closed_at is not None or case.stage == thread.rests_at:
            return
        process = get_process(case.process, case.process_version)
        for _try in range(4):
            move = self._choose(process, case, thread)
            if move is None:
                return
            try:
                if self._make(process, case, move, thread, at):
                    break
            except Refusal:
                continue
        self._next(thread, at, self._guess_next(process, thread))

    def _guess_next(self, process: Process, thread: Thread) -> str:
        stage = Case.objects.values_list("stage", flat=True).get(number=thread.number)
        weights = {move.key: habits.WEIGHTS.get(move.key, 0) for move in process.moves.values() if stage in move.sources}
        return max(weights, key=lambda key: weights[key], default="accept")

    def _choose(self, process: Process, case: Case, thread: Thread) -> Move | None:
        moves = [
            move
            for move in process.moves.values()
            if case.stage in move.sources
            and habits.WEIGHTS.get(move.key)
            and thread.made[move.key] < habits.AT_MOST.get(move.key, 99)
        ]
        weights = [habits.WEIGHTS[move.key] * (40 if thread.rests_at in move.exits() else 1) for move in moves]
        return self._rng.choices(moves, weights)[0] if moves else None

    def _make(self, process: Process, case: Case, move: Move, thread: Thread, at: datetime) -> bool:
        assisting = list(
            Assignment.objects.filter(case=case, part="assisting", ended_at__isnull=True).values_list("unit_id", flat=True)
        )
        acting = self._cast.find(self._rng, self._rng.choice(move.roles), case.lead_id, assisting)
        if acting is None:
            return False
        inputs = self._fill(process, case, move, thread, at)
        if inputs is None:
            return False
        move_case(thread.number, move.key, inputs, acting, at)
        thread.made[move.key] += 1
        return True

    def _fill(self, process: Process, case: Case, move: Move, thread: Thread, at: datetime) -> dict[str, Any] | None:
        inputs: dict[str, Any] = {}
        for ask in move.asks:
            kind = INPUTS[ask.key].kind
            value = self._special(kind, process, case, at)
            if value is None:
                content = thread.rests_at not in {"reopened", "board-review"}
                value = habits.fill_in(self._rng, ask.key, kind, move.key, thread.written, at.date(), content=content)
            if value is not None:
                inputs[ask.key] = value
            elif ask.required:
                return None
        return inputs

    def _special(self, kind: str, process: Process, case: Case, at: datetime) -> Any:
        if kind in {"unit", "units"}:
            return self._choose_units(kind, case, at)
        if kind == "limit":
            return str(self._rng.choice(process.extensions)) if process.extensions else None
        if kind == "way":
            return self._rng.choice(self._ways)
        if kind == "case":
            return self._find_leader(case)
        return None

    def _choose_units(self, kind: str, case: Case, at: datetime) -> Any:
        if case.category_id is None:
            return None
        duties = list_duties_for(case.category_id, case.area_id, at.date())
        leads = [duty.unit_id for duty in duties if duty.part == "lead"]
        if kind == "unit":
            return leads[0] if leads else None
        helpers = [duty.unit_id for duty in duties if duty.part == "assisting" and duty.unit_id not in leads[:1]]
        return helpers[:1] if helpers and self._rng.random() < 0.35 else None

    def _find_leader(self, case: Case) -> str | None:
        """An open case of the same category and township that this one may join."""
        same = Case.objects.filter(
            category_id=case.category_id, township_id=case.township_id, closed_at__isnull=True,
            answered_at__isnull=True, group__isnull=True, pk__lt=case.pk,
        )  # fmt: skip
        return same.order_by("-id").values_list("number", flat=True).first()


def _never(_at: datetime) -> Iterator[Thread]:
    return iter(())
