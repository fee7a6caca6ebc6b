"""`huiyin economy verify`: whether all still holds; `huiyin economy generate`: a county to try it on."""

from __future__ import annotations

import json
import time

import click
from django.utils import timezone
from django.utils.translation import get_language

from huiyin.economy.watch.trial import generate as make_county
from huiyin.economy.watch.values import Look
from huiyin.economy.watch.verifying import verify_all
from huiyin.kernel.words import Words


@click.command()
@click.option("--members", type=click.IntRange(1), default=1_106_900, show_default=True, help="People. 成员")
@click.option("--collectives", type=click.IntRange(1), default=374, show_default=True, help="集体经济组织")
@click.option("--processes", type=click.IntRange(1), default=2, show_default=True)
def generate(members: int, collectives: int, processes: int) -> None:
    """Fill an empty county with invented members, shares, books and plans, for a trial. 造试算数据"""
    began = time.monotonic()
    made = make_county(members, collectives, timezone.now(), processes)
    click.echo(json.dumps({**made, "seconds": round(time.monotonic() - began, 1)}))


@click.command()
@click.option("--json", "as_json", is_flag=True, help="The result as JSON. 输出 JSON")
@click.option("--files/--no-files", default=True, help="Draw the banks' files again. 重算代发文件")
def verify(as_json: bool, files: bool) -> None:
    """Vouchers, shares, distributions, postings; ends with 1 when something does not hold. 核验"""
    began = time.monotonic()
    look = verify_all(files=files)
    seconds = round(time.monotonic() - began, 2)
    click.echo(_dump(look, seconds) if as_json else _draw(look, seconds))
    if not look.ok:
        raise SystemExit(1)


def _dump(look: Look, seconds: float) -> str:
    found = [{"subject": one.subject, "zh": one.words.zh, "en": one.words.en} for one in look.found]
    told = {"ok": look.ok, **look.read, "findings": found, "seconds": seconds}
    return json.dumps(told, ensure_ascii=False)


def _draw(look: Look, seconds: float) -> str:
    language = get_language() or "zh-hans"
    read = "，".join(f"{key} {count}" for key, count in look.read.items())
    words = Words(
        "读了 {read}，{count} 处不符，用时 {seconds} 秒。", "Read {read}: {count} findings, {seconds} s."
    )
    told = words.fill(read=read, count=len(look.found), seconds=seconds).tell(language)
    return "\n".join([*(f"✗ {one.subject} {one.words.tell(language)}" for one in look.found), told])
