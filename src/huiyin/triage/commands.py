"""The commands `huiyin triage …`: train, evaluate, explain, predict. Imports wait until a command runs."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

NeedDatabase = Callable[[click.Context], None]
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_MODEL = click.option("--model", "model_file", type=FILE, help="用这个模型文件，不用数据库 A model file.")
_NUMBER = click.option("--version", "number", type=int, help="用哪一版 Which version.")
_JSON = click.option("--json", "as_json", is_flag=True, help="输出 JSON Print JSON.")


def make_group(need_database: NeedDatabase) -> click.Group:
    """The group `triage`; `need_database` starts what holds the versions, once a command wants them."""

    @click.group(name="triage", help="派单建议的模型 The model of the suggestions.")
    @click.pass_context
    def group(context: click.Context) -> None:
        context.obj = need_database

    for command in (train_file, evaluate, explain, predict, list_versions):
        group.add_command(command)
    return group


def _says_what_is_wrong(command: Callable[..., None]) -> Callable[..., None]:
    """A file that cannot be used ends the command with one sentence instead of a traceback."""

    @wraps(command)
    def run(*args: Any, **given: Any) -> None:
        from huiyin.triage.examples import UnreadableRows

        try:
            command(*args, **given)
        except (UnreadableRows, ValueError) as error:
            raise click.ClickException(str(error)) from None

    return run


@click.command(name="train")
@click.argument("file", required=False, type=FILE)
@click.option("--cases", is_flag=True, help="用本县已办结的工单训练 Train on the county's closed cases.")
@click.option(
    "--model", "out", type=click.Path(dir_okay=False, path_type=Path), help="只存成文件 Only a file."
)
@click.option("--promote", is_flag=True, help="训练好就启用 Put it in force at once.")
@_JSON
@click.pass_context
@_says_what_is_wrong
def train_file(
    context: click.Context, file: Path | None, *, cases: bool, out: Path | None, promote: bool, as_json: bool
) -> None:
    """训练一版：FILE 是 .jsonl[.gz] 或 .csv，每行 subject、detail、label，可有 group。"""
    from huiyin.triage import command_work

    if (file is None) == (not cases):
        raise click.UsageError("给一个文件，或者 --cases / give a FILE or --cases")
    examples = command_work.read_examples(file) if file is not None else None
    if out is not None and examples is not None:
        told = command_work.train_to_file(examples, out)
    else:
        context.obj(context)
        told = command_work.train_version(examples, file.name if file else "", promote=promote)
    click.echo(json.dumps(told, ensure_ascii=False) if as_json else command_work.tell_training(told))


@click.command()
@click.argument("file", type=FILE)
@_MODEL
@_NUMBER
@click.option("--kept", is_flag=True, help="评价在用的一版 Judge the version in force.")
@click.option("--folds", default=5, show_default=True, type=click.IntRange(2, 20))
@_JSON
@click.pass_context
@_says_what_is_wrong
def evaluate(
    context: click.Context, file: Path, model_file: Path | None, number: int | None, *, kept: bool,
    folds: int, as_json: bool,
) -> None:  # fmt: skip
    """在标注文件上评价：默认 5 折，同组的行不拆开；--kept 或 --model 评价已有的模型。"""
    from huiyin.triage import command_work

    examples = command_work.read_examples(file)
    if model_file is not None or kept or number is not None:
        if model_file is None:
            context.obj(context)
        by_name = model_file is not None or number is not None
        model = command_work.load(model_file, number) if by_name else command_work.load_kept(examples)
        told = command_work.judge_kept(model, examples)
    else:
        told = command_work.judge_folds(examples, folds)
    click.echo(json.dumps(told, ensure_ascii=False) if as_json else command_work.tell_judgement(told))


@click.command()
@click.argument("text")
@_MODEL
@_NUMBER
@_JSON
@click.pass_context
@_says_what_is_wrong
def explain(
    context: click.Context, text: str, model_file: Path | None, number: int | None, *, as_json: bool
) -> None:
    """说明一段话会怎么分、有多大把握、凭哪些词。"""
    from huiyin.triage import command_work

    if model_file is None:
        context.obj(context)
    told = command_work.explain(text, command_work.find(model_file, number), county=model_file is None)
    click.echo(json.dumps(told, ensure_ascii=False) if as_json else command_work.tell_explanation(told))


@click.command()
@click.argument("file", type=FILE)
@click.option(
    "--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="写到哪 Where to."
)
@_MODEL
@_NUMBER
@click.pass_context
@_says_what_is_wrong
def predict(
    context: click.Context, file: Path, out: Path, model_file: Path | None, number: int | None
) -> None:
    """给每行一个类别、把握和理由；FILE 不需要标注。"""
    from huiyin.triage import command_work
    from huiyin.triage.examples import read_rows

    rows = read_rows(file, labelled=False)
    if model_file is None:
        context.obj(context)
    count = command_work.predict_rows(command_work.load(model_file, number), rows, out)
    click.echo(f"{count} 行 → {out} / {count} rows written")


@click.command(name="list")
@click.pass_context
def list_versions(context: click.Context) -> None:
    """列出各版 The versions."""
    context.obj(context)
    from huiyin.triage.command_work import tell_versions

    for line in tell_versions():
        click.echo(line)
