"""What the worker does for triage: reads each new case, learns from each dispatch, trains."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from huiyin.triage import deciding, working

AGAIN = RetryStrategy(max_attempts=5, exponential_wait=4)


@app.task(name="triage-case", queue="triage", retry=AGAIN)
def triage_case(name: str, body: Mapping[str, Any]) -> None:
    """After a case was opened: suggest, raise danger, let go what may go by itself."""
    del name
    working.take_up(body["case_id"], timezone.now())


@app.task(name="learn-outcome", queue="triage", retry=AGAIN)
def learn_outcome(name: str, body: Mapping[str, Any]) -> None:
    """After a dispatch: whether the suggestion was accepted or corrected."""
    del name
    deciding.note_outcome(body)


@app.periodic(cron="*/10 * * * *", periodic_id="triage-waiting")
@app.task(name="triage-waiting", queue="triage", queueing_lock="triage-waiting", pass_context=False)
def triage_waiting(timestamp: int = 0) -> None:
    """Every ten minutes: cases that wait and that the version in force has not seen."""
    del timestamp
    while working.take_up_waiting(timezone.now()) == working.AT_ONCE:
        pass


@app.task(name="train-triage", queue="triage", queueing_lock="train-triage")
def train_triage(number: int) -> None:
    """The training that somebody asked for."""
    from huiyin.triage import training  # what trains takes much of the machine: only here

    training.carry_out(number)
