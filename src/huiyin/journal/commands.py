"""`huiyin journal` and `huiyin keys`: verify, publish and show the record; rotate the keys."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import click
from django.utils import timezone
from django.utils.translation import get_language

from huiyin.journal.outbox import list_failed_events, retry_failed_events
from huiyin.journal.reading import list_entries
from huiyin.journal.roots import make_root
from huiyin.journal.rotating import rotate_keys
from huiyin.journal.sealing import SealBroken
from huiyin.journal.telling import name_subject
from huiyin.journal.values import Report
from huiyin.journal.verifying import verify_all
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words


def _tell(words: Words) -> str:
    return words.tell(get_language() or "zh-hans")


def _say(words: Words) -> None:
    """One line on stderr, which leaves stdout to the result."""
    click.echo(_tell(words), err=True)


@click.group()
def journal() -> None:
    """Verify and publish the record. 留痕"""


@journal.command()
@click.option("--json", "as_json", is_flag=True, help="The result as JSON. 输出 JSON")
def verify(as_json: bool) -> None:
    """Find every altered, removed or inserted entry; ends with 1 when there is one. 核验"""
    report = verify_all(lambda read: _say(_READ.fill(count=read)))
    click.echo(_dump(report) if as_json else _draw(report))
    if not report.whole:
        raise SystemExit(1)


def _dump(report: Report) -> str:
    findings = [
        {
            "subject": found.subject,
            "seq": found.seq,
            "kind": str(found.kind),
            "zh": found.words.zh,
            "en": found.words.en,
        }
        for found in report.findings
    ]
    told = {"entries": report.entries, "chains": report.chains, "findings": findings}
    return json.dumps(told, ensure_ascii=False, indent=2)


def _draw(report: Report) -> str:
    words = _WHOLE if report.whole else _BROKEN
    counted = words.fill(entries=report.entries, chains=report.chains, count=len(report.findings))
    return "\n".join([*(f"✗ {_tell(found.words)}" for found in report.findings), _tell(counted)])


@journal.command()
@click.option(
    "--on", type=click.DateTime(["%Y-%m-%d"]), help="A day that is over; yesterday by default. 日期"
)
def root(on: datetime | None) -> None:
    """Make and show the root of a day. 日根"""
    day = on.date() if on else timezone.localdate() - timedelta(days=1)
    made = make_root(day)
    click.echo(_tell(_ROOT.fill(on=made.on, count=made.count, root=made.root.hex())))


@journal.command()
@click.argument("subject")
def show(subject: str) -> None:
    """Show the record of SUBJECT (case:NUMBER, or the number of a case). 查看"""
    entries = list_entries(subject) or list_entries(f"case:{subject}")
    if not entries:
        raise Refusal("no-such-subject", _NO_RECORD.fill(subject=name_subject(subject)))
    for entry in entries:
        at = timezone.localtime(entry.at).strftime("%Y-%m-%d %H:%M:%S")
        body = json.dumps(entry.body, ensure_ascii=False)
        click.echo(f"{entry.seq:>4}  {at}  {entry.actor}  {entry.verb}  {body}  {entry.hash.hex()[:16]}")


@journal.command()
@click.option("--retry", is_flag=True, help="Put them back in line. 重新投递")
def events(retry: bool) -> None:
    """List the events that no listener could take. 未送达的事件"""
    failed = list_failed_events()
    for one in failed:
        click.echo(f"{one.id}  {one.event.name}  {_tell(name_subject(one.event.subject))}  {one.error}")
    count = retry_failed_events() if retry else len(failed)
    _say((_RETRIED if retry else _FAILED).fill(count=count))


@click.group()
def keys() -> None:
    """The keys that seal personal data. 密钥"""


@keys.command()
def rotate() -> None:
    """Seal everything again by the first key of HUIYIN_SEALING_KEYS; can be stopped and run again. 轮换"""
    broken: list[dict[str, Any]] = []

    def note_broken(table: str, number: int, why: SealBroken) -> None:
        broken.append({"table": table, "id": number})
        _say(_UNOPENED.fill(table=table, number=number, why=why.words))

    counts = rotate_keys(lambda table, count: _say(_RESEALED.fill(table=table, count=count)), note_broken)
    click.echo(_tell(_ROTATED.fill(count=sum(counts.values()))))
    if broken:
        raise SystemExit(1)


_READ = Words("已读 {count} 条……", "{count} entries read…")
_WHOLE = Words(
    "核验通过：{chains} 条链、{entries} 条记录均完好。", "All is whole: {chains} chains, {entries} entries."
)
_BROKEN = Words(
    "核验未通过：{chains} 条链、{entries} 条记录中发现 {count} 处异常。",
    "Not whole: {count} findings in {chains} chains, {entries} entries.",
)
_ROOT = Words("{on} 日根（{count} 条链）：{root}", "Root of {on} ({count} chains): {root}")
_NO_RECORD = Words("没有 {subject} 的记录。", "There is no record of {subject}.")
_FAILED = Words("未送达的事件：{count} 个。", "Events set aside: {count}.")
_RETRIED = Words("已重新投递 {count} 个事件。", "{count} events were put back in line.")
_RESEALED = Words("{table}：已重新封存 {count} 条", "{table}: {count} sealed again")
_UNOPENED = Words("{table} 第 {number} 行无法打开：{why}", "{table} row {number} does not open: {why}")
_ROTATED = Words(
    "密钥轮换完成，重新封存 {count} 条。", "The keys are rotated; {count} seals were made again."
)
