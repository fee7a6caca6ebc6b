"""What the command line counts and draws by: the county's rules while its database is at hand."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import click

from huiyin.app.django_start import start_django
from huiyin.process.api import Process, list_shipped
from huiyin.workdays.api import Calendar


def load_calendar() -> Calendar:
    """The county's calendar when a database is named or running; else the State Council's notices alone."""
    if not _reach_database():
        return Calendar()
    from huiyin.register.api import load_calendar as load_county_calendar

    return load_county_calendar()


def load_processes() -> Sequence[Process]:
    """The shipped processes, with those that the county added when a database is named or running."""
    if not _reach_database():
        return list_shipped()
    from huiyin.cases.api import list_processes

    return list_processes()


def _reach_database() -> bool:
    """Whether a database with Huiyin's tables answers; none is started for a question about rules."""
    from huiyin.app.database import find_running

    url = os.environ.get("HUIYIN_DATABASE_URL") or find_running()
    if url is None:
        return False
    os.environ["HUIYIN_DATABASE_URL"] = url
    start_django()
    from django.db import Error, connection

    try:
        return "cases_processfile" in connection.introspection.table_names()
    except Error:
        return False


@click.command(name="add")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def add_file(file: Path) -> None:
    """把县里自己的流程文件加进来 Take in a county's own process file."""
    from django.utils import timezone

    from huiyin.cases.api import add_process

    if not _reach_database():
        raise click.ClickException(
            "数据库没有运行，请先启动 huiyin run / no database runs: start huiyin run first"
        )
    process = add_process(file.read_text(encoding="utf-8"), "命令行", timezone.now())
    click.echo(f"{process.key} {process.version}  {process.title.zh}")
