"""What stands in the database at the moment: asked at most every fifteen seconds by each process."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping

from django.db import Error, connection, transaction

from huiyin.journal.statements import load_queries

QUERIES = load_queries(__package__)
EVERY = 15.0  # seconds
_LOCK = threading.Lock()
_KEPT: dict[str, tuple[float, Mapping[str, float]]] = {}


def measure() -> Mapping[str, float]:
    """Name → number, as in `queries.sql`, and `up` (1). A database that is away gives `{"up": 0}`."""
    with _LOCK:
        at, kept = _KEPT.get("measure", (-EVERY, {}))
        if time.monotonic() - at >= EVERY:
            kept = _ask()
            _KEPT["measure"] = time.monotonic(), kept
    return kept


def _ask() -> Mapping[str, float]:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = '5s'")
            cursor.execute(QUERIES["measure"])
            row = cursor.fetchone()
            names = [column.name for column in cursor.description or ()]
    except Error:
        return {"up": 0.0}
    return {"up": 1.0, **{name: float(value) for name, value in zip(names, row or (), strict=True)}}
