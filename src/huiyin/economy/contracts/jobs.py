"""What the worker does for oversight."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from huiyin.economy.contracts import hinting


# Cron runs in UTC: 21:40 is 5:40 in China, before anybody looks.
@app.periodic(cron="40 21 * * *")
@app.task(name="refresh-hints", queueing_lock="refresh-hints", retry=3)
def refresh_hints(timestamp: int) -> None:  # noqa: ARG001  Procrastinate passes it
    """Every morning the hints are found anew over all books."""
    hinting.refresh_hints(timezone.now())
