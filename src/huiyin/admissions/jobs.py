"""What the worker does for admissions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from huiyin.admissions.entering import enter_register

AGAIN = RetryStrategy(max_attempts=8, exponential_wait=4)


@app.task(name="admit-duties", queue="admissions", retry=AGAIN)
def admit_duties(name: str, body: Mapping[str, Any]) -> None:
    """After the centre has admitted duties: write them into the register, once."""
    del name
    enter_register(int(body["case_id"]), timezone.now())
