"""The command `huiyin run`: its options and its steps."""

from __future__ import annotations

import os
import time
from contextlib import ExitStack

import click
import psycopg

from huiyin.app.database import Database, watch_database
from huiyin.app.django_start import start_django
from huiyin.app.environment import read_flag
from huiyin.app.logs.settings import server_log_settings
from huiyin.app.running.children import Child, Crew
from huiyin.app.running.first_page import make_address, wait_for_first_page
from huiyin.app.running.ports import check_address
from huiyin.app.signals import Ended
from huiyin.app.terminal import say, step
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words

WORKERS = os.cpu_count() or 1
KEEP_ALIVE = 60_000  # ms until a connection without a request is closed; a proxy should close its own sooner
LOOK_EVERY = 0.5  # seconds between two looks at the children
REVIVE_AGAIN = 3.0  # seconds until a database that did not start is tried again


@click.command(help="Start Huiyin: database, web pages and jobs. 启动")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="The port to listen on."
)
@click.option(
    "--workers",
    default=WORKERS,
    show_default="one a core",
    type=click.IntRange(1),
    help="Web processes.",
)
@click.option("--no-jobs", is_flag=True, help="Web pages alone; `huiyin worker` runs the jobs. 只启动网页")
@click.option("--no-demo", is_flag=True, help="Leave an empty database empty.")
def run(host: str, port: int, workers: int, *, no_jobs: bool, no_demo: bool) -> None:
    """Runs until Ctrl-C or SIGTERM, then stops all it has started and ends with 0."""
    check_address(host, port)
    demo = not no_demo and read_flag("HUIYIN_DEMO", default=True)
    try:
        with ExitStack() as stack:
            _run(stack, host, port, workers, demo=demo, jobs=not no_jobs)
    except Ended:
        say(_STOPPED)


def _run(stack: ExitStack, host: str, port: int, workers: int, *, demo: bool, jobs: bool) -> None:
    with step(Words("数据库", "database")):
        database = stack.enter_context(watch_database(say))
        os.environ["HUIYIN_DATABASE_URL"] = database.url
    _prepare_tables(demo=demo)
    crew = stack.enter_context(Crew(say))
    web = make_web(host, port, workers)
    with step(web.title):
        crew.start(web)
        wait_for_first_page(web, host, port)
    if jobs:
        _start_jobs(crew)
    _tell_address(host, port, demo=demo)
    told = ""
    while True:
        time.sleep(LOOK_EVERY)
        told = _revive(database, told)
        if database.url != os.environ["HUIYIN_DATABASE_URL"]:
            os.environ["HUIYIN_DATABASE_URL"] = database.url
            crew.restart()
        crew.mend()


def _start_jobs(crew: Crew) -> None:
    jobs = make_jobs()
    with step(jobs.title):
        crew.start(jobs)


def _revive(database: Database, told: str) -> str:
    """Bring the database back if it has gone; why it did not come back, told once and tried again.

    A full disk is no reason to end: once there is space, everything goes on by itself.
    """
    try:
        database.revive()
    except (Refusal, OSError, psycopg.Error) as error:
        words = error.words if isinstance(error, Refusal) else Words(str(error), str(error))
        if words.en != told:
            say(words)
        time.sleep(REVIVE_AGAIN)
        return words.en
    return ""


def _prepare_tables(*, demo: bool) -> None:
    with step(Words("表结构", "tables")):
        start_django()
        from huiyin.app.migrating import migrate_if_needed

        migrate_if_needed()
    if demo:
        from huiyin.app.demo import fill_if_empty

        with step(Words("演示数据", "demo county")):
            fill_if_empty(say)
    from django.db import connection

    connection.close()


def make_web(host: str, port: int, workers: int) -> Child:
    """The web server: `workers` processes, each with a thread for every request that may be in hand."""
    from huiyin.app.entrance.entering import count_threads

    arguments = ["-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
    arguments += [
        "--workers",
        str(workers),
        "--blocking-threads",
        str(count_threads()),
        "--blocking-threads-idle-timeout",
        "600",
        # Else the death of one process would end its sisters in the middle of their requests.
        "--respawn-failed-workers",
        # One request at a time on each connection: HTTP/2 would bring two hundred.
        "--http",
        "1",
        "--http1-header-read-timeout",
        str(KEEP_ALIVE),
    ]
    arguments += ["--workers-kill-timeout", "10", "--log-level", "warning", "--no-access-log", "--no-ws"]
    arguments += ["--log-config", str(server_log_settings(os.environ.get("HUIYIN_LOG", "")))]
    return Child(Words("网页", "web pages"), [*arguments, "huiyin.app.wsgi:application"])


def make_jobs() -> Child:
    """The worker."""
    return Child(Words("后台任务", "jobs"), ["-m", "huiyin.app.cli", "worker"])


def _tell_address(host: str, port: int, *, demo: bool) -> None:
    address = make_address(host, port)
    say(
        Words(
            f"\n回音已启动：{address}\n工作台：{address}console/",
            f"\nHuiyin runs: {address}\nStaff: {address}console/",
        )
    )
    if demo:
        from huiyin.app.demo import list_demo_accounts

        for account in list_demo_accounts():
            line = f"  {account.login:<14}{account.password:<16}"
            say(Words(line + account.title.zh, line + account.title.en))
    say(Words("按 Ctrl-C 停止。", "Ctrl-C stops it."))


_STOPPED = Words("已全部停止。", "Everything has been stopped.")
