"""What the reading of texts costs inside one process: duplicates, learning, telling categories."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import TypeVar

from bench.loading import Load

TEXTS = 2_000
LOOK_UPS = 300
LEARNT = 1_000
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Readings:
    """At so many cases: the look-ups for duplicates; texts a second of CPU; seconds of CPU to learn."""

    cases: int
    look_ups: Load = field(default_factory=Load)
    rate: float = 0.0
    learning: float = 0.0


def measure_reading(cases: int) -> Readings:
    """Measure with invented requests of the length that the bench writes; the pages are not asked."""
    from huiyin.learning.api import Example, train

    told = _write_texts(TEXTS)
    model, learning = _time(lambda: train([Example(*text) for text in told[:LEARNT]]))
    texts = [(subject, detail) for subject, detail, _ in told]
    _, seconds = _time(lambda: model.predict(texts))
    look_ups = _look_up([f"{subject}\n{detail}" for subject, detail in texts])
    return Readings(cases, look_ups, TEXTS / seconds, learning)


def _write_texts(count: int) -> list[tuple[str, str, str]]:
    from huiyin.app.demo.requests.writing import list_matters, write_matter
    from huiyin.people.api import list_areas

    rng = Random(11)
    villages, matters = list_areas("village"), list_matters()
    written = [write_matter(rng, rng.choice(matters), rng.choice(villages).name) for _ in range(count)]
    return [(one.title, one.words, one.category) for one in written]


def _time(act: Callable[[], Made]) -> tuple[Made, float]:
    start = time.process_time()
    return act(), time.process_time() - start


def _look_up(texts: list[str]) -> Load:
    from django.utils import timezone

    from huiyin.appeals import alike

    alike.LOOK_BACK = timedelta(days=36_500)  # whatever the times of the filled cases
    load, now = Load(), timezone.now()
    for text in texts[:LOOK_UPS]:
        start = time.perf_counter()
        alike.find_alike(text, now)
        load.latencies.append((time.perf_counter() - start) * 1000)
    load.seconds = sum(load.latencies) / 1000
    return load
