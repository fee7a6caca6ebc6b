"""The burst: lifecycles at a rate that rises and falls, whether or not the server keeps up."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Iterator

from bench.loading import Connection, Load, Script, Unanswered
from bench.serving import Serving

PROFILE = (1, 15, 1, 25, 2, 35, 10)
"""Lifecycles a second, each for a seventh of the time."""

HANDS, MOST_HANDS = 64, 2000
"""Clients; when all of them are busy one more comes, as people do who do not know of each other."""


def burst(serving: Serving, script: Script, minutes: float) -> tuple[Load, list[tuple[int, int, float]]]:
    """All lifecycles that were due; the latency counts from when each was due, so that waiting shows.

    Besides: rate, lifecycles and p95 in ms of each part.
    """
    crowd = _Crowd(serving.port, script)
    before, start = serving.cpu(), time.monotonic()
    for order in _order(start, minutes):
        crowd.take(order)
    crowd.finish()
    done = crowd.done
    done.seconds, done.cpu = time.monotonic() - start, serving.cpu() - before
    done.latencies = [latency for _, latency in crowd.ended]
    return done, [_tell_part(part, rate, crowd.ended) for part, rate in enumerate(PROFILE)]


class _Crowd:
    """Clients that each take an order, play it to its end, and take the next."""

    def __init__(self, port: int, script: Script) -> None:
        self.done = Load()
        self.ended: list[tuple[int, float]] = []
        self._port, self._script = port, script
        self._due: queue.SimpleQueue[tuple[int, float] | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._hands: list[threading.Thread] = []
        for _ in range(HANDS):
            self._hire()

    def take(self, order: tuple[int, float]) -> None:
        self._due.put(order)
        if self._due.qsize() > 1 and len(self._hands) < MOST_HANDS:
            self._hire()

    def finish(self) -> None:
        for _ in self._hands:
            self._due.put(None)
        for hand in self._hands:
            hand.join()

    def _hire(self) -> None:
        hand = threading.Thread(target=self._work, args=(len(self._hands),))
        self._hands.append(hand)
        hand.start()

    def _work(self, number: int) -> None:
        connection = Connection(self._port, number)
        while (order := self._due.get()) is not None:
            self._play(connection, *order)
        connection.close()
        with self._lock:
            self.done.add(connection)

    def _play(self, connection: Connection, part: int, moment: float) -> None:
        shed = connection.shed
        try:
            self._script(connection)
        except (Unanswered, OSError) as error:
            connection.close()
            with self._lock:
                self.done.faults.append(f"{type(error).__name__}: {error}")
        else:
            with self._lock:
                self.done.shed_turns += connection.shed > shed
                self.ended.append((part, (time.monotonic() - moment) * 1000))


def _order(start: float, minutes: float) -> Iterator[tuple[int, float]]:
    length = minutes * 60 / len(PROFILE)
    for part, rate in enumerate(PROFILE):
        for at in range(round(rate * length)):
            moment = start + part * length + at / rate
            time.sleep(max(0.0, moment - time.monotonic()))
            yield part, moment
        time.sleep(max(0.0, start + (part + 1) * length - time.monotonic()))
        print(f"    burst: part {part + 1} of {len(PROFILE)} ({rate}/s) ordered", flush=True)


def _tell_part(part: int, rate: int, ended: list[tuple[int, float]]) -> tuple[int, int, float]:
    mine = Load(latencies=[latency for at, latency in ended if at == part])
    return rate, len(mine.latencies), mine.percentile(0.95)
