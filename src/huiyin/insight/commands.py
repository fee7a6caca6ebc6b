"""`huiyin hot FILE` and `huiyin hot --cases`: the hot issues of a file of messages, or of the cases."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Any

import click

from huiyin.language.api import Cluster, Text, find_clusters


@click.command()
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--cases", "of_cases", is_flag=True, help="用本县的工单 / the county's own cases")
@click.option(
    "--days", default=90, show_default=True, type=click.IntRange(1, 3660), help="近多少天 / of so many days"
)
@click.option(
    "--least", default=2, show_default=True, type=click.IntRange(1), help="至少几件 / from so many cases on"
)
@click.option("--most", default=0, help="最多列几个，0 全部 / at most so many; 0 for all")
@click.option("--json", "as_json", is_flag=True, help="输出一个 JSON / one JSON object")
def hot(file: Path | None, days: int, least: int, most: int, *, of_cases: bool, as_json: bool) -> None:
    """热点聚类：哪些事被很多人反映。文件可为 .jsonl[.gz]、.csv[.gz]、.xlsx。"""
    if (file is None) == (not of_cases):
        raise click.UsageError("请给一个文件，或用 --cases（二选一）/ give either a FILE or --cases")
    start = monotonic()
    texts = _read_file(file) if file else _read_cases(days)
    found = find_clusters(texts, least)
    found = found[:most] if most else found
    print(f"{len(texts)} 件，{len(found)} 个热点，用时 {monotonic() - start:.1f} 秒", file=sys.stderr)
    if as_json:
        click.echo(json.dumps({"clusters": [_as_json(one) for one in found]}, ensure_ascii=False))
    else:
        _tell(found)


def _read_cases(days: int) -> Sequence[Text]:
    from django.utils import timezone

    from huiyin.insight.clustering import read_texts

    now = timezone.now()
    return read_texts(now - timedelta(days=days), now).texts


def _read_file(file: Path) -> Sequence[Text]:
    from huiyin.appeals.api import UnreadableFile, read_rows

    try:
        rows = [(line, row) for line, row in read_rows(file) if isinstance(row, dict)]
    except UnreadableFile as error:
        raise click.ClickException(str(error)) from None
    return [_make_text(line, row) for line, row in rows]


def _make_text(line: int, row: dict[str, Any]) -> Text:
    from huiyin.appeals.api import pick_field, read_time

    def pick(*names: str) -> str:
        return next((str(row[name]) for name in names if row.get(name) not in (None, "")), "")

    votes = sum(
        int(row[name]) for name in ("votes", "likes", "against") if str(row.get(name) or "").isdigit()
    )
    time = pick_field(row, "opened_at")
    try:
        at = read_time(time) if time else datetime(1970, 1, 1, tzinfo=UTC)
    except ValueError:
        at = datetime(1970, 1, 1, tzinfo=UTC)
    return Text(
        id=str(pick_field(row, "source_id") or line),
        title=str(pick_field(row, "title") or ""),
        words=str(pick_field(row, "words") or ""),
        at=at if at.tzinfo else at.replace(tzinfo=UTC),
        person=pick("user", "person", "phone", "用户"),
        votes=votes,
    )


def _as_json(cluster: Cluster) -> dict[str, Any]:
    return {
        "title": cluster.title,
        "score": cluster.score,
        "size": len(cluster.members),
        "people": cluster.people,
        "votes": cluster.votes,
        "first_at": cluster.first_at.isoformat(),
        "last_at": cluster.last_at.isoformat(),
        "places": list(cluster.places),
        "keywords": list(cluster.keywords),
        "cohesion": cluster.cohesion,
        "typical": cluster.typical,
        "members": list(cluster.members),
    }


def _tell(found: Sequence[Cluster]) -> None:
    for rank, one in enumerate(found, start=1):
        click.echo(
            f"{rank}. {one.title}（热度 {one.score}，{len(one.members)} 件，{one.people} 人，{one.votes} 票）"
        )
        told = [*one.places, *one.keywords]
        click.echo(f"   {one.first_at:%Y-%m-%d}—{one.last_at:%Y-%m-%d}  {'、'.join(told)}")
