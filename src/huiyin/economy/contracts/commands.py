"""The commands of oversight."""

from __future__ import annotations

import json

import click
from django.utils import timezone


@click.command(help="Look through all books for hints of risk. 风险提示")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def hints(*, as_json: bool) -> None:
    """Find the hints anew, and say how many there are."""
    from huiyin.economy.contracts.hinting import refresh_hints
    from huiyin.economy.contracts.models import Hint

    fresh = refresh_hints(timezone.now())
    open_ = Hint.objects.filter(dismissed_at__isnull=True).count()
    told = {"new": fresh, "open": open_}
    click.echo(json.dumps(told) if as_json else f"{open_} 条风险提示，其中新增 {fresh} 条")
