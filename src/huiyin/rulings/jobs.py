"""What the worker does for disputes: reads the record of a case anew after a move in one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from procrastinate.contrib.django import app

from huiyin.rulings.keeping import keep_disputes


@app.task(name="keep-disputes", queue="rulings", retry=5)
def keep_disputes_of(name: str, body: Mapping[str, Any]) -> None:
    """After a return was asked, spoken to or decided."""
    del name
    keep_disputes(int(body["case_id"]))
