"""`huiyin database`: what the embedded server does, stopping one that was left, a prompt of its own."""

from __future__ import annotations

import os
import subprocess

import click

from huiyin.app import environment
from huiyin.app.database.binaries import Binaries, choose_binaries
from huiyin.app.database.cluster import read_major
from huiyin.app.database.home import find_home
from huiyin.app.database.server import read_server
from huiyin.app.database.supervisor import ensure_database, stop_running
from huiyin.app.terminal import say
from huiyin.kernel.words import Words


@click.group(help="The embedded database. 内置数据库")
def database() -> None:
    """Of the commands below, `psql` alone touches a database named by `HUIYIN_DATABASE_URL`."""


@database.command(help="Where it lives and whether it runs. 状态")
def status() -> None:
    """One fact a line on stdout."""
    home = find_home(environment.data_folder())
    server = read_server(home / "cluster")
    major = read_major(home / "cluster")
    print(f"folder: {home}")
    print(f"version: {major if major is not None else '-'}")
    print(f"programs: {choose_binaries(major).folder}")
    print(
        "server: stopped"
        if server is None
        else f"server: {server.status}, pid {server.pid}, port {server.port}"
    )


@database.command(help="Stop a server that was left running. 停止")
@click.option("--force", is_flag=True, help="Stop it even while other processes use it.")
def stop(*, force: bool) -> None:
    """Says what was done; stopping nothing is no failure."""
    say(_STOPPED if stop_running(say, force=force) else _NOT_RUNNING)


@database.command(
    help="Open a prompt, or pass arguments on to psql. 命令行",
    context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False},
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
@click.pass_context
def psql(ctx: click.Context, arguments: tuple[str, ...]) -> None:
    """The password goes by the environment: the list of processes never shows it."""
    with ensure_database(say) as url:
        environ = os.environ | {"PGSERVICEFILE": os.devnull, **_as_environment(url)}
        done = subprocess.run([_find_psql(), *arguments], env=environ, check=False)  # noqa: S603  the operator's own words
    ctx.exit(done.returncode)


def _find_psql() -> str:
    binaries: Binaries = choose_binaries(read_major(find_home(environment.data_folder()) / "cluster"))
    return binaries["psql"] if os.access(binaries["psql"], os.X_OK) else "psql"


def _as_environment(url: str) -> dict[str, str]:
    from psycopg.conninfo import conninfo_to_dict

    named = {
        "host": "PGHOST",
        "port": "PGPORT",
        "user": "PGUSER",
        "password": "PGPASSWORD",  # pragma: allowlist secret
        "dbname": "PGDATABASE",
    }
    return {named[key]: str(value) for key, value in conninfo_to_dict(url).items() if key in named}


_STOPPED = Words("数据库已停止。", "The database has been stopped.")
_NOT_RUNNING = Words("数据库没有在运行。", "The database is not running.")
