"""`huiyin economy close`: the months of all organisations, from the command line."""

from __future__ import annotations

import json
import time
from datetime import date

import click
from django.utils import timezone

from huiyin.economy.books.closing import Closed, close_batches
from huiyin.economy.organisations.api import Organisation, get_organisation


def _read_month(_ctx: click.Context, _param: click.Parameter, value: str) -> date:
    try:
        return date.fromisoformat(f"{value}-01")
    except ValueError as error:
        raise click.BadParameter("YYYY-MM 如 2026-10") from error


@click.command()
@click.option("--month", required=True, callback=_read_month, help="YYYY-MM 月份")
@click.option("--organisation", "code", default="", help="Only that code. 只结这一个组织")
@click.option("--json", "as_json", is_flag=True, help="One JSON object. 输出 JSON")
def close(month: date, code: str, *, as_json: bool) -> None:
    """Close a month of every organisation whose books are ready; says which are not. 月末结账"""
    found = (
        [get_organisation(code)] if code else list(Organisation.objects.filter(active=True).order_by("code"))
    )
    began = time.monotonic()

    def tell(many: int) -> None:
        click.echo(f"{many}/{len(found)}", err=True)

    done = close_batches(
        found,
        month,
        timezone.now(),
        tell if not as_json and len(found) > 1 else None,
    )
    told = _tell(done, month, time.monotonic() - began)
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    click.echo(
        f"{month:%Y-%m}  closed 已结账 {told['closed']}  refused 未结 {told['refused']}  {told['seconds']} s"
    )
    for one in done:
        if one.refusal is not None:
            click.echo(f"{one.organisation.code}  {one.organisation.name}  {one.refusal.words.zh}")


def _tell(done: list[Closed], month: date, seconds: float) -> dict[str, object]:
    refused = [
        {"code": one.organisation.code, "why": one.refusal.code} for one in done if one.refusal is not None
    ]
    return {
        "month": f"{month:%Y-%m}",
        "closed": len(done) - len(refused),
        "refused": len(refused),
        "vouchers": sum(one.vouchers for one in done),
        "seconds": round(seconds, 2),
        "why": refused,
    }
