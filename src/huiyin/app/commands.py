"""The product's own commands that need its database."""

from __future__ import annotations

import os

import click

from huiyin.app.migrating import list_missing, migrate_if_needed
from huiyin.app.terminal import say
from huiyin.kernel.words import Words


@click.command(help="Bring the tables up to date. 更新表结构")
@click.option("--check", "checking", is_flag=True, help="Only list what is missing; ends with 1. 只检查")
def migrate(*, checking: bool) -> None:
    """Says how many migrations were run. They may be run while the version before is still serving."""
    if checking:
        missing = list_missing()
        for name in missing:
            click.echo(name)
        say(_MISSING.fill(count=len(missing)) if missing else _UP_TO_DATE)
        raise SystemExit(1 if missing else 0)
    count = migrate_if_needed()
    say(_MIGRATED.fill(count=count) if count else _UP_TO_DATE)


@click.command(help="Fill an empty database with the demo county. 演示数据")
def demo() -> None:
    """Does nothing to a database that holds anything."""
    from huiyin.app.demo import fill_if_empty

    migrate_if_needed()
    say(_FILLED if fill_if_empty(say) else _NOT_EMPTY)


YIELDING = 5
"""By how much jobs step back: whoever waits before a page goes first when the processor is scarce."""


@click.command(help="Run the jobs until it is stopped. 后台任务")
@click.option(
    "--concurrency", default=2, show_default=True, type=click.IntRange(1), help="Jobs at the same time."
)
def worker(concurrency: int) -> None:
    """Ends in order on SIGINT and SIGTERM: running jobs are given a few seconds."""
    from huiyin.app.worker import run_worker

    os.nice(YIELDING)
    run_worker(concurrency)


@click.command(
    add_help_option=False, context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False}
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> None:
    """Django's own commands, for developers."""
    from django.core.management import execute_from_command_line

    execute_from_command_line(["huiyin manage", *arguments])


_MIGRATED = Words("已执行 {count} 项表结构更新。", "{count} migrations were run.")
_MISSING = Words("有 {count} 项表结构更新没有执行。", "{count} migrations are missing.")
_UP_TO_DATE = Words("表结构已是最新。", "The tables are up to date.")
_FILLED = Words("演示数据已写入。", "The demo county has been written.")
_NOT_EMPTY = Words("数据库不是空的，没有写入演示数据。", "The database is not empty; nothing was written.")
