"""The burst: lifecycles at a rate that rises and falls, whether or not the server keeps up."""

from __future__ import annotations

import queue
import threading
import time

from bench.loading import Connection, Load, Script, Unanswered
from bench.serving import Serving

PROFILE = (1, 15, 1, 25, 2, 35, 10)
"""Lifecycles a second, each for a seventh of the time."""

HANDS = 64


def burst(serving: Serving, script: Script, minutes: float) -> tuple[Load, list[tuple[int, int, float]]]:
    """All lifecycles that were due; the latency counts from when each was due, so that waiting shows.

    Besides: rate, lifecycles and p95 in ms of each part.
    """
    due: queue.SimpleQueue[tuple[int, float] | None] = queue.SimpleQueue()
    answers: list[tuple[int, float]] = []
    done, lock = Load(), threading.Lock()

    def work(number: int) -> None:
        connection = Connection(serving.port, number)
        while (order := due.get()) is not None:
            part, moment = order
            try:
                script(connection)
            except (Unanswered, OSError) as error:
                connection.close()
                with lock:
                    done.faults.append(f"{type(error).__name__}: {error}")
            else:
                with lock:
                    answers.append((part, (time.monotonic() - moment) * 1000))
        connection.close()

    hands = [threading.Thread(target=work, args=(number,)) for number in range(HANDS)]
    for hand in hands:
        hand.start()
    before, start = serving.cpu(), time.monotonic()
    _order(due, start, minutes)
    for _ in hands:
        due.put(None)
    for hand in hands:
        hand.join()
    done.seconds, done.cpu = time.monotonic() - start, serving.cpu() - before
    done.latencies = [latency for _, latency in answers]
    return done, [_tell_part(part, rate, answers) for part, rate in enumerate(PROFILE)]


def _order(due: queue.SimpleQueue[tuple[int, float] | None], start: float, minutes: float) -> None:
    moment, length = start, minutes * 60 / len(PROFILE)
    for part, rate in enumerate(PROFILE):
        for at in range(round(rate * length)):
            moment = start + part * length + at / rate
            time.sleep(max(0.0, moment - time.monotonic()))
            due.put((part, moment))
        time.sleep(max(0.0, start + (part + 1) * length - time.monotonic()))
        print(f"    burst: part {part + 1} of {len(PROFILE)} ({rate}/s) ordered", flush=True)


def _tell_part(part: int, rate: int, answers: list[tuple[int, float]]) -> tuple[int, int, float]:
    mine = Load(latencies=[latency for at, latency in answers if at == part])
    return rate, len(mine.latencies), mine.percentile(0.95)
