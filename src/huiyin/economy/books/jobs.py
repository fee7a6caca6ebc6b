"""What the worker does for the books."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from huiyin.economy.books.importing import run_sheet


@app.task(name="import-vouchers", queue="books")
def import_vouchers(sheet_id: int) -> None:
    """Write a long sheet of vouchers, as a whole or not at all."""
    run_sheet(sheet_id, timezone.now())
