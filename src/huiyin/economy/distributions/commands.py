"""`huiyin economy distribute`: pay plans in one run, and write the files for the banks."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from pathlib import Path

import click
from django.conf import settings
from django.utils.translation import get_language

from huiyin.economy.distributions.models import Plan
from huiyin.economy.distributions.planning import refuse_missing
from huiyin.economy.distributions.running import distribute as run_all
from huiyin.economy.distributions.running import list_payable
from huiyin.kernel.money import tell_yuan
from huiyin.kernel.words import Words


@click.command()
@click.argument("plan")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Where files go. 文件放在哪里")
@click.option("--json", "as_json", is_flag=True, help="The result as JSON. 输出 JSON")
@click.option("--processes", type=click.IntRange(1), default=2, show_default=True)
def distribute(plan: str, out: Path | None, as_json: bool, processes: int) -> None:
    """Pay PLAN (its number or its case's, or `all` that are ready) and write the banks' files. 发放"""
    plans = list_payable() if plan == "all" else [_find(plan)]
    began = time.monotonic()
    done = run_all(plans, out or settings.DATA / "bank-files", processes)
    told = {
        "members": done.members,
        "collectives": done.collectives,
        "total_fen": done.total_fen,
        "paid_fen": done.paid_fen,
        "seconds": round(time.monotonic() - began, 2),
    }
    click.echo(json.dumps(told) if as_json else _say(told))


def _find(name: str) -> tuple[int, int]:
    found = (
        Plan.objects.filter(pk=int(name))
        if name.isdigit()
        else Plan.objects.filter(case__number=name.upper())
    )
    plan = found.values_list("pk", "held_units").first()
    if plan is None or plan not in list_payable():
        raise refuse_missing()
    return plan


def _say(told: Mapping[str, object]) -> str:
    words = Words(
        "{collectives} 个组织、{members} 名成员：应付 {total} 元，代发文件 {paid} 元，用时 {seconds} 秒。",
        "{collectives} organisations, {members} members: {total} yuan due, {paid} in files, {seconds} s.",
    )
    total, paid = (tell_yuan(int(str(told[key]))) for key in ("total_fen", "paid_fen"))
    return words.fill(total=total, paid=paid, **told).tell(get_language() or "zh-hans")
