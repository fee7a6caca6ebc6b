"""The metrics in the words of Prometheus."""

from __future__ import annotations

import platform
from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import accumulate
from pathlib import Path

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric

from huiyin.app.backup.note import find_last_backup
from huiyin.app.metrics.counting import Counts
from huiyin.app.metrics.layout import BUCKETS, CELL, DATABASE_MICROSECONDS, STATEMENTS
from huiyin.app.version import tell_version

GAUGES = {
    "up": "1 when the database answers",
    "jobs_todo": "Jobs waiting for a worker",
    "jobs_doing": "Jobs at work",
    "jobs_failed": "Jobs that failed for good within the last week",
    "workers": "Workers that gave a sign of life within the last minute",
    "outbox_waiting": "Events waiting to be carried",
    "outbox_failed": "Events that were set aside",
    "outbox_oldest_seconds": "Age of the oldest event that waits",
    "cases_open": "Cases that are not closed",
    "cases_overdue": "Open cases whose clock has run out and is not paused",
    "connections": "Connections to the database",
    "database_bytes": "Size of the database",
}


class Told:
    """A collector over the counts of the web processes and the numbers of the database."""

    def __init__(self, counts: Counts, measured: Mapping[str, float], last_backup: datetime | None) -> None:
        self._counts, self._measured, self._last_backup = counts, measured, last_backup

    def collect(self) -> Iterator[Metric]:
        """What Prometheus asks for."""
        numbers = self._counts.add_up()
        yield self._requests(numbers)
        yield CounterMetricFamily("huiyin_statements", "Statements of web requests", numbers[STATEMENTS])
        seconds = numbers[DATABASE_MICROSECONDS] / 1e6
        yield CounterMetricFamily("huiyin_statement_seconds", "Time in the database", seconds)
        for name, about in GAUGES.items():
            if name in self._measured:
                yield GaugeMetricFamily(f"huiyin_{_full_name(name)}", about, self._measured[name])
        if self._last_backup is not None:
            yield GaugeMetricFamily(
                "huiyin_last_backup_timestamp_seconds",
                "When the newest backup was made",
                self._last_backup.timestamp(),
            )
        build = GaugeMetricFamily("huiyin_build_info", "Version", labels=["version", "python"])
        build.add_metric([tell_version(), platform.python_version()], 1)
        yield build

    def _requests(self, numbers: list[int] | object) -> HistogramMetricFamily:
        labels = ["route", "method", "status"]
        family = HistogramMetricFamily("huiyin_request_seconds", "Web requests", labels=labels)
        bounds = [*map(str, BUCKETS), "+Inf"]
        for told, at in self._counts.layout.cells():
            cell = numbers[at : at + CELL]  # type: ignore[index]
            if any(cell[:-1]):
                buckets = list(zip(bounds, accumulate(map(float, cell[:-1])), strict=True))
                family.add_metric(list(told), buckets, cell[-1] / 1e6)
        return family


def _full_name(name: str) -> str:
    return "database_up" if name == "up" else name


def tell_metrics(counts: Counts, measured: Mapping[str, float], note: Path) -> bytes:
    """The text that a scrape gets."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Told(counts, measured, find_last_backup(note)))
    return generate_latest(registry)
