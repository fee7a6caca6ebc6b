"""The nightly job of people: sessions that are over, and old lines of the sign-in log, are forgotten."""

from __future__ import annotations

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from huiyin.people.sessions import forget_stale_sessions
from huiyin.people.sign_in_log import forget_old_sign_ins
from huiyin.people.sign_in_settings import get_rules


# Cron runs in UTC: 19:40 is 3:40 in China.
@app.periodic(cron="40 19 * * *", periodic_id="forget-sign-ins")
@app.task(name="forget-sign-ins", queue="people", queueing_lock="forget-sign-ins", pass_context=False)
def forget_sign_ins(timestamp: int) -> None:
    """Forget sessions that are over, and lines of the log older than the rules keep them."""
    now = datetime.fromtimestamp(timestamp, UTC)
    forget_stale_sessions(now)
    forget_old_sign_ins(get_rules().log_days, now)
