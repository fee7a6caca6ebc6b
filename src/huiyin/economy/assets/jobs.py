"""What the worker does for assets."""

from __future__ import annotations

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from huiyin.economy.assets.opening import JOB, run_round

AGAIN = RetryStrategy(max_attempts=5, exponential_wait=4)


@app.task(name=JOB, queue="economy", retry=AGAIN)
def open_inventories(round_id: int) -> None:
    """Open the inventories of a round; begun anew it goes on where it was."""
    run_round(round_id, timezone.now())
