"""`huiyin retention`: what the rules on keeping data would take away, and carrying them out."""

from __future__ import annotations

import json

import click
from django.utils import timezone
from django.utils.translation import get_language

from huiyin.appeals.retention import running
from huiyin.appeals.retention.rules import RULES
from huiyin.kernel.words import Words


@click.group()
def retention() -> None:
    """How long data is kept. 保存期限"""


@retention.command()
@click.option("--json", "as_json", is_flag=True, help="The result as JSON. 输出 JSON")
def plan(*, as_json: bool) -> None:
    """What a run would take away now; changes nothing. 试算"""
    planned = running.plan(timezone.now())
    if as_json:
        told = [
            {"rule": one.rule.rule.key, "days": one.rule.days, "active": one.rule.active, "count": one.count,
             "examples": list(one.examples)}
            for one in planned
        ]  # fmt: skip
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    for one in planned:
        words = _PLANNED if one.rule.active else _IDLE
        line = words.fill(title=one.rule.rule.title, days=one.rule.days, count=one.count)
        click.echo(_tell(line) + (f"  {' '.join(one.examples)}" if one.examples else ""))


@retention.command()
def run() -> None:
    """Take away what is past its time; can be stopped and run again. 清理"""
    running.run(None, timezone.now(), lambda key, count: click.echo(_tell(_done(key, count))))


def _done(key: str, count: int) -> Words:
    return _DONE.fill(title=RULES[key].title, count=count)


def _tell(words: Words) -> str:
    return words.tell(get_language() or "zh-hans")


_PLANNED = Words("{title}（保存 {days} 天）：{count}", "{title} (kept {days} days): {count}")
_IDLE = Words(
    "{title}（保存 {days} 天，规则停用）：{count}", "{title} (kept {days} days, rule not in use): {count}"
)
_DONE = Words("{title}：清理了 {count}", "{title}: {count} taken away")
