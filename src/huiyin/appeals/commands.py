"""`huiyin intake FILE`: takes a file of requests in."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click
from django.utils import timezone

from huiyin.appeals.intake import Tally, intake_file
from huiyin.appeals.mapping import read_map
from huiyin.appeals.sources import UnreadableFile, count_rows


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--channel", required=True, help="渠道，如 board、hotline / the channel's key")
@click.option("--process", default="hotline", show_default=True, help="流程 / the process that the cases run")
@click.option("--map", "mapping", default="", help="来源字段=字段，逗号分隔，如 subject=title,detail=words")
@click.option("--json", "as_json", is_flag=True, help="结尾输出一行 JSON / end with one line of JSON")
def intake(file: Path, channel: str, process: str, mapping: str, *, as_json: bool) -> None:
    """批量登记诉求：.jsonl[.gz]、.csv[.gz]、.xlsx，行数不限；重复的跳过，坏行另存。"""
    try:
        total = count_rows(file)
        with click.progressbar(length=total, label="登记", file=sys.stderr) as bar:
            tally = intake_file(
                file,
                channel,
                process,
                read_map(mapping),
                timezone.now(),
                lambda done: bar.update(done.read - bar.pos),
            )
            bar.update(total - bar.pos)
    except UnreadableFile as error:
        raise click.ClickException(str(error)) from None
    _tell(tally, as_json=as_json)


def _tell(tally: Tally, *, as_json: bool) -> None:
    if tally.bad_file is not None:
        click.echo(f"{tally.bad} 行有问题，原因见 {tally.bad_file}", err=True)
    if as_json:
        counts = {"read": tally.read, "taken": tally.taken, "skipped": tally.skipped, "bad": tally.bad}
        click.echo(json.dumps({**counts, "seconds": tally.milliseconds / 1000}))
    else:
        took = f"用时 {tally.milliseconds / 1000:.1f} 秒"
        click.echo(
            f"读 {tally.read} 行，登记 {tally.taken}，重复 {tally.skipped}，有问题 {tally.bad}，{took}"
        )
