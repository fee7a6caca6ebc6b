"""The commands that list, check, show and draw processes."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from huiyin.kernel.words import Words
from huiyin.process.checking import check_process
from huiyin.process.definition import UNSAID, Move, Process
from huiyin.process.drawing import draw_process
from huiyin.process.parts import Misshapen
from huiyin.process.reading import LARGEST, read_process
from huiyin.process.shipped import list_shipped
from huiyin.process.vocabulary import OUTSIDE, ROLES, SCOPES

Load = Callable[[], Sequence[Process]]

_FLAWLESS = Words("没有问题", "no faults")
_NO_TEXT = Words("不是 UTF-8 文本", "not UTF-8 text")
_SCOPES = {"lead": Words("（主办）", " (lead)"), "assisting": Words("（协办）", " (assisting)")}

_LANGUAGE = click.option(
    "--language", type=click.Choice(["zh", "en"]), default="zh", help="显示语言 Language."
)
_JSON = click.option("--json", "as_json", is_flag=True, help="输出 JSON Print JSON.")
_VERSION = click.option("--version", type=int, help="版本，默认最新 Version; the newest unless given.")


def make_group(load_processes: Load) -> click.Group:
    """The group `process`, over the processes that `load_processes` gives when a command runs."""

    @click.group(name="process", help="办理流程 Processes.")
    @click.pass_context
    def group(context: click.Context) -> None:
        context.obj = load_processes

    for command in (list_processes, check_files, show_process, draw):
        group.add_command(command)
    return group


@click.command(name="list")
@_JSON
@_LANGUAGE
@click.pass_obj
def list_processes(load_processes: Load, as_json: bool, language: str) -> None:
    """列出全部流程及其步骤 List every process with its steps."""
    processes = load_processes()
    if as_json:
        told = [_describe(process, language) for process in processes]
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    for process in processes:
        name = f"{process.key} {process.version}  {process.title.tell(language)}"
        click.echo(f"{name}  {_tell_steps(process, language)}")


def _describe(process: Process, language: str) -> dict[str, object]:
    return {
        "key": process.key,
        "version": process.version,
        "title": process.title.tell(language),
        "steps": [step.title.tell(language) for step in process.steps],
    }


def _tell_steps(process: Process, language: str) -> str:
    between = ", " if language == "en" else "、"
    return between.join(step.title.tell(language) for step in process.steps)


@click.command(name="check")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@_LANGUAGE
def check_files(files: Sequence[Path], language: str) -> None:
    """检查流程文件，逐条说明问题 Say what is wrong with process files."""
    faulty = False
    for file in files:
        faults = _find_faults(file)
        faulty = faulty or bool(faults)
        for fault in faults or [_FLAWLESS]:
            click.echo(f"{file}: {fault.tell(language)}")
    if faulty:
        raise click.exceptions.Exit(1)


def _find_faults(file: Path) -> list[Words]:
    with file.open("rb") as stream:
        source = stream.read(LARGEST + 1)
    try:
        return check_process(
            read_process(source.decode("utf-8-sig", "strict" if len(source) <= LARGEST else "replace"))
        )
    except UnicodeDecodeError:
        return [_NO_TEXT]
    except Misshapen as error:
        return [error.words]


@click.command(name="draw")
@click.argument("key")
@_VERSION
@_LANGUAGE
@click.pass_obj
def draw(load_processes: Load, key: str, version: int | None, language: str) -> None:
    """画出流程图（Mermaid） Draw a process as a Mermaid diagram."""
    click.echo(draw_process(_get_process(load_processes(), key, version), language), nl=False)


@click.command(name="show")
@click.argument("key")
@_VERSION
@_LANGUAGE
@click.pass_obj
def show_process(load_processes: Load, key: str, version: int | None, language: str) -> None:
    """显示每个环节上谁能做什么 Show who may do what at every stage."""
    process = _get_process(load_processes(), key, version)
    click.echo(f"{process.title.tell(language)} {process.key} {process.version}")
    for step in process.steps:
        click.echo(f"\n{step.title.tell(language)}")
        for stage in process.stages.values():
            if stage.step == step.key:
                click.echo(f"  {stage.title.tell(language)} [{stage.key}]")
                for move in process.moves.values():
                    if stage.key in move.sources:
                        click.echo(f"    {_tell_move(process, move, stage.key, language)}")


def _tell_move(process: Process, move: Move, stage: str, language: str) -> str:
    ends = [process.stages[end].title.tell(language) for end in move.ends(stage) if end != stage]
    roles = [_name_role(role).tell(language) for role in move.roles]
    told = f"{move.title.tell(language)} [{move.key}] {' / '.join(roles)}"
    return f"{told} → {' / '.join(ends)}" if ends else told


def _name_role(role: str) -> Words:
    name, _, scope = role.partition("@")
    title = ROLES.get(name) or OUTSIDE[name]
    part = _SCOPES.get(scope, UNSAID) if scope in SCOPES else UNSAID
    return Words(title.zh + part.zh, title.en + part.en)


def _get_process(processes: Sequence[Process], key: str, version: int | None) -> Process:
    """The process of that key, in its newest version unless one is given; otherwise says which there are."""
    of_key = [process for process in processes if process.key == key]
    fitting = [process for process in of_key if version in {None, process.version}]
    if fitting:
        return max(fitting, key=lambda process: process.version)
    there = ", ".join(f"{process.key} {process.version}" for process in of_key or processes)
    raise click.BadParameter(f"没有这个流程，现有：{there}。 No such process; there are: {there}.")


process = make_group(list_shipped)
"""Over the shipped processes; the application may mount one that also loads the county's own."""
