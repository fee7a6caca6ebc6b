"""What the worker does for places."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from procrastinate.contrib.django import app

from huiyin.placing import proposing


@app.task(name="place-case", queue="placing", retry=5)
def place_case(name: str, body: Mapping[str, Any]) -> None:
    """After a case was opened: find the cell that it lies in, and propose it."""
    del name
    proposing.place_case(body["case_id"], timezone.now())


@app.task(name="place-all", queue="placing", queueing_lock="place-all", retry=5)
def place_all() -> None:
    """After the map has changed: every open case that nobody settled is placed anew."""
    proposing.place_all(timezone.now(), anew=True)
