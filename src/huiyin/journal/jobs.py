"""The nightly job of the journal."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.utils.timezone import localdate
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from huiyin.journal.roots import make_root

_AFTER_MIDNIGHT = "10 16 * * *"  # cron runs in UTC: 00:10 in Shanghai


@app.periodic(cron=_AFTER_MIDNIGHT)
@app.task(
    name="make-daily-root",
    queue="journal",
    queueing_lock="make-daily-root",
    pass_context=False,
    retry=RetryStrategy(max_attempts=10, exponential_wait=3),
)
def make_daily_root(timestamp: int) -> None:
    """Make the root of the day before `timestamp` (seconds, UTC), and of the days that were missed."""
    now = datetime.fromtimestamp(timestamp, UTC)
    make_root(localdate(now) - timedelta(days=1), now)
