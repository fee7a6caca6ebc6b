"""`huiyin replies`: checks replies of a file, or one that is typed, offline."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

import click

from huiyin.language.api import LINES, ReplyCheck, check_reply, join_matter
from huiyin.replies.measuring import Measured, measure

JUDGED = "human_interpretable"


@click.group(help="Check replies against their matters. 答复检查")
def replies() -> None:
    """Needs neither database nor network."""


@replies.command()
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--text", help="一条答复 / one reply")
@click.option("--about", default="", help="这条答复所答的诉求 / the matter that it answers")
@click.option("--json", "as_json", is_flag=True, help="每行输出一个 JSON / one JSON a row")
def check(file: Path | None, text: str | None, about: str, *, as_json: bool) -> None:
    """检查 FILE（.jsonl[.gz] 或 .csv[.gz]，含 subject、detail、reply）的每条答复，或 --text 的一条。

    行里有 human_interpretable（0/1）时，另算得分与人工判断的 AUC。
    """
    if text is not None and file is None:
        _tell(0, check_reply(text, about), as_json=as_json)
        return
    if file is None or text is not None:
        raise click.UsageError("给一个文件，或用 --text 给一条答复。 Give a file, or one reply by --text.")
    try:
        _check_file(file, as_json=as_json)
    except (OSError, EOFError, UnicodeError, json.JSONDecodeError, csv.Error) as error:
        raise click.ClickException(f"读不了这个文件：{error} / cannot be read") from None


def _check_file(file: Path, *, as_json: bool) -> None:
    scores: list[int] = []
    judged: list[tuple[int, bool]] = []
    with _open(file) as stream:
        for number, row in enumerate(_read(stream, file), start=1):
            found = check_row(row)
            _tell(number, found, as_json=as_json)
            scores.append(found.score)
            if str(row.get(JUDGED, "")) in {"0", "1"}:
                judged.append((found.score, str(row[JUDGED]) == "1"))
    measured = measure([score for score, _ in judged], [yes for _, yes in judged])
    _sum_up(scores, measured, as_json=as_json)


def check_row(row: Mapping[str, Any]) -> ReplyCheck:
    """The check of one row with `subject`, `detail`, `reply`; what is absent is empty."""
    return check_reply(_text(row, "reply"), join_matter([_text(row, "subject"), _text(row, "detail")]))


def _text(row: Mapping[str, Any], key: str) -> str:
    value = row.get(key)
    return value if isinstance(value, str) else "" if value is None else str(value)


def _open(file: Path) -> IO[str]:
    if file.suffix == ".gz":
        return gzip.open(file, "rt", encoding="utf-8")
    return file.open(encoding="utf-8-sig")


def _read(stream: Iterable[str], file: Path) -> Iterator[Mapping[str, Any]]:
    if ".csv" in file.suffixes:
        yield from csv.DictReader(stream)
        return
    for line in stream:
        if line.strip():
            row = json.loads(line)
            if not isinstance(row, dict):
                raise click.ClickException("每行应是一个 JSON 对象。 Each line must be one JSON object.")
            yield row


def _tell(number: int, found: ReplyCheck, *, as_json: bool) -> None:
    band = LINES.find_band(found)
    if as_json:
        findings = [
            {"code": one.code, "weight": one.weight, "zh": one.words.zh, "en": one.words.en}
            for one in found.findings
        ]
        told = {
            "row": number,
            "score": found.score,
            "band": band,
            "points": found.points,
            "findings": findings,
        }
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    click.echo(f"{number}\t{found.score}\t{band}\t{' '.join(one.code for one in found.findings)}")
    if number == 0:
        for one in found.findings:
            click.echo(f"  -{one.weight}\t{one.words.zh}\t{one.words.en}")


def _sum_up(scores: list[int], measured: Measured | None, *, as_json: bool) -> None:
    if as_json:
        told = None if measured is None else {
            "auc": measured.auc / 10000, "low": measured.low / 10000, "high": measured.high / 10000,
            "rows": measured.rows, "good": measured.good,
        }  # fmt: skip
        click.echo(json.dumps({"rows": len(scores), "measured": told}))
    elif measured is not None:
        low, high, area = (f"{value / 10000:.4f}" for value in (measured.low, measured.high, measured.auc))
        click.echo(
            f"# AUC {area}（95% {low}–{high}），{measured.rows} 行，人工判为可 {measured.good} 行，"
            f"判为不可 {measured.rows - measured.good} 行"
        )
