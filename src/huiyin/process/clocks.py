"""Which clocks a change of stage starts, pauses, resumes and stops."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from huiyin.process.definition import Process


@dataclass(frozen=True, slots=True)
class Running:
    """A clock that has started and not stopped."""

    key: str
    paused: bool = False


@dataclass(frozen=True, slots=True)
class ClockPlan:
    """What happens to the clocks; one in both `stop` and `start` begins anew: its old run is superseded."""

    start: tuple[str, ...] = ()
    stop: tuple[str, ...] = ()
    pause: tuple[str, ...] = ()
    resume: tuple[str, ...] = ()


def plan_start(process: Process) -> ClockPlan:
    """The clocks that run from the moment a case is opened."""
    return ClockPlan(
        start=tuple(key for key, clock in process.clocks.items() if process.start in clock.starts)
    )


def plan_clocks(
    process: Process, source: str, target: str, running: Iterable[Running], *, anew: bool = False
) -> ClockPlan:
    """What moving from `source` to `target` does to the clocks.

    Staying in a stage does nothing, unless it is entered `anew`: a unit given a case which another unit
    had not signed for yet has its whole limit to sign. A clock that runs `once` goes on: what the person was
    promised at the first dispatch stands, whichever unit holds the case.
    """
    if source == target and not anew:
        return ClockPlan()
    now = {clock.key: clock for clock in running}
    start: list[str] = []
    stop: list[str] = []
    pause: list[str] = []
    resume: list[str] = []
    for key, clock in process.clocks.items():
        live = now.get(key)
        if target in clock.starts and not (live and clock.once):
            start.append(key)
            if live:
                stop.append(key)
        elif live and target in clock.stops:
            stop.append(key)
        elif live and target in clock.pauses and not live.paused:
            pause.append(key)
        elif live and live.paused and target not in clock.pauses:
            resume.append(key)
    return ClockPlan(tuple(start), tuple(stop), tuple(pause), tuple(resume))
