"""What the worker does for shares."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from huiyin.economy.shares.printing import forget_printings, print_by_job


@app.task(name="print-certificates", queue="shares")
def print_certificates(printing_id: int, base: str) -> None:
    """Draw many certificates, file by file."""
    print_by_job(printing_id, base, timezone.now())


@app.periodic(cron="40 3 * * *")
@app.task(name="forget-printings", queue="shares")
def forget_old_printings(timestamp: int) -> None:
    """Printed files are kept for some days only."""
    del timestamp
    forget_printings(timezone.now())
