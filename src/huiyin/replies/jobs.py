"""What the worker does for replies: checks those that came by another door than the console's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from procrastinate.contrib.django import app

from huiyin.replies import checking


@app.task(name="check-reply", queue="replies", retry=3)
def check_reply(name: str, body: Mapping[str, Any]) -> None:
    """After a move with a reply: check it, once, however often this runs."""
    del name
    checking.check_move(body, timezone.now())
