"""What the worker does for postings."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from huiyin.economy.postings.answering import settle_quiet


# Cron runs in UTC: 16:20 is twenty past midnight in China.
@app.periodic(cron="20 16 * * *", periodic_id="settle-questions")
@app.task(name="settle-questions", queue="economy", queueing_lock="settle-questions", pass_context=False)
def settle_questions(timestamp: int) -> None:
    """Once a day: close questions whose answer was left standing."""
    del timestamp
    settle_quiet(timezone.now())
