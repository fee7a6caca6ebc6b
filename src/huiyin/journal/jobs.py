"""The jobs of the journal: a root each night, and reading the whole record each week or when asked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.utils.timezone import localdate
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from huiyin.journal.roots import make_root
from huiyin.journal.rounds import ask_verification, run_verification
from huiyin.kernel.refusals import Refusal

_AFTER_MIDNIGHT = "10 16 * * *"  # cron runs in UTC: 00:10 in Shanghai
_ON_SUNDAYS = "40 18 * * 6"  # 02:40 in Shanghai


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


@app.task(name="verify-record", queue="journal", queueing_lock="verify-record", retry=0)
def verify_record(number: int) -> None:
    """Run the verification that somebody asked for."""
    run_verification(number)


@app.periodic(cron=_ON_SUNDAYS)
@app.task(name="verify-weekly", queue="journal", queueing_lock="verify-weekly", pass_context=False)
def verify_weekly(timestamp: int) -> None:
    """Once a week the record is read without being asked; not when somebody asked just now."""
    try:
        asked = ask_verification("", datetime.fromtimestamp(timestamp, UTC))
    except Refusal:
        return
    run_verification(asked.pk)
