"""Plays the requests of the demo county in the order of time: opening, moving, watching the clocks."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from random import Random

from huiyin.app.demo.requests import habits
from huiyin.app.demo.requests.acting import Cast
from huiyin.app.demo.requests.choosing import Chooser, Scene, Thread, guess_next
from huiyin.cases.api import Assignment, Case, get_process, move_case, watch_clocks
from huiyin.kernel.refusals import Refusal
from huiyin.process.api import Move
from huiyin.workdays.api import Calendar

Open = Callable[[datetime], Iterator[Thread]]
WATCH_EVERY = timedelta(hours=2)


class Player:
    """Carries cases forward until the present; all chance comes from one seeded source."""

    def __init__(self, rng: Random, cast: Cast, calendar: Calendar, until: datetime) -> None:
        self._rng, self.cast, self._calendar, self._until = rng, cast, calendar, until
        self._chooser = Chooser(rng)
        self._queue: list[tuple[datetime, int, Open | Thread]] = []
        self._count = 0

    def plan(self, at: datetime, what: Open | Thread) -> None:
        """Have a case opened, or moved on, at that time."""
        self._count += 1
        heapq.heappush(self._queue, (at, self._count, what))

    def play(self, heard: Callable[[], None], progress: Callable[[int], None]) -> None:
        """Everything in the order of time; `heard` is called after each look at the clocks."""
        watched, done = self._queue[0][0] if self._queue else self._until, 0
        while self._queue and self._queue[0][0] <= self._until:
            at, _, what = heapq.heappop(self._queue)
            if at - watched >= WATCH_EVERY:
                watch_clocks(at)
                heard()
                watched = at
            self._play_one(what, at)
            done += 1
            progress(done)
        watch_clocks(self._until)
        heard()

    def _play_one(self, what: Open | Thread, at: datetime) -> None:
        if isinstance(what, Thread):
            self._step(what, at)
            return
        for opened in what(at):
            self._rest(opened, at, "accept")

    def _rest(self, thread: Thread, after: datetime, move: str) -> None:
        self.plan(self._in_office(after + habits.wait_for(self._rng, move, slow=thread.slow)), thread)

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
        open_parts = Assignment.objects.filter(case=case, ended_at__isnull=True)
        units: dict[str, list[int]] = {"assisting": [], "consulted": []}
        for part, unit_id in open_parts.values_list("part", "unit_id"):
            units.setdefault(part, []).append(unit_id)
        process = get_process(case.process, case.process_version)
        scene = Scene(case, process, units["assisting"], units["consulted"], at)
        stage = case.stage
        for _try in range(4):
            move = self._chooser.choose_move(scene, thread)
            if move is None:
                return
            moved_to = self._make(scene, move, thread)
            if moved_to:
                stage = moved_to
                break
        self._rest(thread, at, guess_next(process, stage))

    def _make(self, scene: Scene, move: Move, thread: Thread) -> str:
        """The stage that the move led to; empty when nobody was there to make it, or it was refused."""
        roles = [role for role in move.roles if role != "system"] or move.roles  # what people do, people do
        role = self._rng.choice(roles)
        acting = self.cast.find(self._rng, role, scene.case.lead_id, scene.assisting, scene.consulted)
        inputs = self._chooser.fill_in(scene, move, thread)
        if acting is None or inputs is None:
            return ""
        try:
            moved = move_case(thread.number, move.key, inputs, acting, scene.at)
        except Refusal:
            return ""
        thread.made[move.key] += 1
        return moved.stage
