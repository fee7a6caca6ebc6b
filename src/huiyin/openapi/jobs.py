"""Housekeeping of the interfaces: counts of past minutes and old keys are forgotten."""

from __future__ import annotations

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from huiyin.openapi.sent_keys import forget_old_keys
from huiyin.people.api import forget_stale_uses


# Cron runs in UTC: 19:40 is 3:40 in China.
@app.periodic(cron="40 19 * * *")
@app.task(name="forget-machine-traces", queueing_lock="forget-machine-traces")
def forget_machine_traces(timestamp: int) -> None:
    """Every night."""
    now = datetime.fromtimestamp(timestamp, UTC)
    forget_stale_uses(now)
    forget_old_keys(now)
