"""`huiyin rulings`: the precedents, from the command line."""

from __future__ import annotations

import json

import click

from huiyin.rulings.keeping import keep_all
from huiyin.rulings.models import Ruling
from huiyin.rulings.precedents import RulingFilters, list_rulings


@click.group()
def rulings() -> None:
    """Rulings on disputes, and precedents. 裁定与先例"""


@rulings.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON list. 输出 JSON")
@click.option("--all", "with_withdrawn", is_flag=True, help="Withdrawn ones too. 含已撤销")
def list_all(*, as_json: bool, with_withdrawn: bool) -> None:
    """Newest first: number, day, lead unit, matter, reason. 列出裁定"""
    found, _ = list_rulings(RulingFilters(state="" if with_withdrawn else "open"), 10_000, 0)
    if as_json:
        click.echo(json.dumps([_describe(one) for one in found], ensure_ascii=False, indent=1))
        return
    for one in found:
        state = " ×" if one.withdrawn_at else ""
        click.echo(
            f"{one.number}{state}  {one.decided_at:%Y-%m-%d}  {one.lead.short}  {one.title}  {one.reason}"
        )


def _describe(one: Ruling) -> dict[str, object]:
    return {
        "number": one.number,
        "case": one.case.number,
        "title": one.title,
        "category": one.category.code if one.category else None,
        "area": one.area.code if one.area else None,
        "lead": one.lead.key,
        "assisting": [unit["name"] for unit in one.assisting],
        "clause": one.clause,
        "reason": one.reason,
        "decided_at": one.decided_at.isoformat(),
        "withdrawn_at": one.withdrawn_at.isoformat() if one.withdrawn_at else None,
    }


@rulings.command()
def rebuild() -> None:
    """Read disputes and rulings anew from the records of their cases. 从办理记录重建"""
    click.echo(f"{keep_all()} cases 件工单")
