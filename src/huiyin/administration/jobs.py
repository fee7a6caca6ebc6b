"""What the worker does for the pages of administration: sheets that are too long to wait for."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from huiyin.administration.setup.running import run_draft


@app.task(name="run-sheet", queue="setup")
def run_sheet(draft_id: int) -> None:
    """Check the sheet, or write it, whichever it waits for."""
    run_draft(draft_id, timezone.now())
