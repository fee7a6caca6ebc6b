"""`huiyin register`: the register of duties searched, written to a spreadsheet and read from one."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
from django.utils import timezone

from huiyin.administration.setup.fields import Row
from huiyin.administration.setup.listings import Acts
from huiyin.administration.setup.lists.duties import DUTIES, PARTS
from huiyin.administration.setup.plans import Plan, make_plan
from huiyin.administration.setup.sheets import make_sheet, read_sheet
from huiyin.administration.setup.writing import rehearse, write
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.pages.api import write_xlsx
from huiyin.people.api import AccountInHand, find_account, take_in_hand
from huiyin.register.api import Duty, DutyQuery, find_duties, list_versions

DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def register() -> None:
    """The register of duties. 职责清单"""


@register.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--on", "day", type=DAY, help="In force on that day; today when it is not given.")
@click.option("--json", "as_json", is_flag=True, help="For machines: a list of objects.")
def search(words: tuple[str, ...], day: datetime | None, *, as_json: bool) -> None:
    """Duties in which every word stands: in clause, basis, unit, area or category. 查职责"""
    on = day.date() if day else timezone.localdate()
    found = find_duties(DutyQuery(" ".join(words), on=on))
    if as_json:
        click.echo(json.dumps([_describe(duty) for duty in found], ensure_ascii=False, indent=2))
        return
    for duty in found:
        unit, area = duty.unit.short, duty.area.name if duty.area else "全县"
        part = {key.value: words.zh for key, words in PARTS.items()}.get(duty.part, duty.part)
        click.echo(f"{duty.pk}  {duty.category.name}  {unit}（{part}）  {area}  {duty.clause}  {duty.basis}")
    click.echo(f"{len(found)} 条（{on.isoformat()}） / {len(found)} duties")


def _describe(duty: Duty) -> dict[str, Any]:
    return {
        "id": duty.pk,
        "category": duty.category.code,
        "category_title": duty.category.name,
        "unit": duty.unit.key,
        "unit_title": duty.unit.short,
        "area": duty.area.code if duty.area else None,
        "part": duty.part,
        "clause": duty.clause,
        "basis": duty.basis,
        "valid_from": duty.valid_from.isoformat(),
        "valid_until": duty.valid_until.isoformat() if duty.valid_until else None,
    }


@register.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--on", "day", type=DAY, help="Only what is in force on that day; else all that ever was.")
def export(file: Path, day: datetime | None) -> None:
    """Write the register to an .xlsx that can be changed and read back. 导出"""
    rows = [row for row in DUTIES.rows() if day is None or _holds(row, day.date())]
    columns, cells = make_sheet(DUTIES, rows)
    file.write_bytes(write_xlsx(DUTIES.title.zh, columns, cells))
    click.echo(f"{file}: {len(rows)} 条 / {len(rows)} duties")


def _holds(row: Row, on: date) -> bool:
    return row["since"] <= on.isoformat() and (not row["until"] or row["until"] >= on.isoformat())


@register.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--as", "login", required=True, help="The administrator in whose name it is done.")
@click.option("--reason", default="", help="Number of the paper, or why: stands beside the version.")
@click.option("--check", "checking", is_flag=True, help="Only say what it would do. 只核对")
def read_in(file: Path, login: str, reason: str, *, checking: bool) -> None:
    """Read an .xlsx into the register, all of it or nothing, as one version. 导入"""
    acts = Acts(_find_keeper(login), timezone.now(), rehearsal=True, reason=reason, source="command")
    with file.open("rb") as book:
        plan = make_plan(DUTIES, read_sheet(DUTIES, book))
    rehearse(DUTIES, plan, acts)
    _tell(plan)
    if plan.wrong:
        raise SystemExit(1)
    if checking or not plan.effective:
        return
    write(DUTIES, plan, replace(acts, rehearsal=False, kept={}))
    click.echo(f"已写入第 {list_versions()[0].number} 版 / written as version {list_versions()[0].number}")


def _tell(plan: Plan) -> None:
    for step in plan.wrong:
        for key, words in step.faults:
            click.echo(f"第 {step.line} 行 {key}: {words.zh}")
    counts = {act: plan.count(act) for act in ("add", "change", "same", "wrong")}
    click.echo(
        "新增 {add}、改动 {change}、没有变化 {same}、有误 {wrong} / "
        "{add} added, {change} changed, {same} same, {wrong} wrong".format(**counts)
    )


def _find_keeper(login: str) -> AccountInHand:
    account = find_account(login)
    by = take_in_hand(account.pk, timezone.localdate()) if account else None
    if by is None or "admin" not in by.roles:
        words = Words("{login} 不是系统管理员。", "{login} is no administrator.").fill(login=login)
        raise Refusal("not-your-duty", words)
    return by
