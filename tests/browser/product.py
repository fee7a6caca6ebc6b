"""The real product, started as its users start it, on a database and a data folder of its own."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

SOURCE = Path(__file__).resolve().parents[2] / "src"
VILLAGES = 8  # those of one township, and one beside it
PATIENCE = 300.0  # seconds: the demo county is played through before the first page

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@dataclass(frozen=True, slots=True)
class Site:
    """A running product: its address without a slash at the end, and its database."""

    address: str
    database_url: str

    def count(self, query: str, *values: object) -> int:
        """The one number that `query` asks the database for."""
        return int(self.find(query, *values))

    def find(self, query: str, *values: object) -> str:
        """The one value that `query` asks the database for, as text."""
        with psycopg.connect(self.database_url) as connection:
            row = connection.execute(query.encode(), values).fetchone()
        assert row is not None, query
        return str(row[0])


@contextmanager
def run_product(days: int) -> Iterator[Site]:
    """The product with `days` days of invented requests, on the server of `HUIYIN_DATABASE_URL`.

    Nothing is left of it afterwards: no process, no database, no folder.
    """
    with (
        tempfile.TemporaryDirectory(prefix="huiyin-site-", ignore_cleanup_errors=True) as data,
        _own_database(os.environ["HUIYIN_DATABASE_URL"]) as url,
        _run(Path(data), url, days) as port,
    ):
        yield Site(f"http://127.0.0.1:{port}", url)


@contextmanager
def _own_database(beside: str) -> Iterator[str]:
    """A new database next to that of `beside`, dropped at the end."""
    parts = urlsplit(beside)
    name = f"{parts.path.lstrip('/')}_site_{os.getpid()}"
    with psycopg.connect(_choose_entrance(beside), autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield urlunsplit(parts._replace(path=f"/{name}"))
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _choose_entrance(beside: str) -> str:
    """The database of `beside` itself, or the server's own where that was never made."""
    try:
        psycopg.connect(beside).close()
    except psycopg.OperationalError:
        return urlunsplit(urlsplit(beside)._replace(path="/postgres"))
    return beside


@contextmanager
def _run(data: Path, url: str, days: int) -> Iterator[int]:
    port, log = _find_port(), data / "run.log"
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("HUIYIN_", "DJANGO_"))
    }
    environment |= {
        "PYTHONPATH": str(SOURCE),
        "HUIYIN_DATA": str(data),
        "HUIYIN_DATABASE_URL": url,
        "HUIYIN_DEMO_DAYS": str(days),
        "HUIYIN_DEMO_VILLAGES": str(VILLAGES),
        "DJANGO_SETTINGS_MODULE": "huiyin.app.settings",
    }
    with log.open("wb") as out:
        command = [sys.executable, "-P", "-m", "huiyin.app.cli", "run", "--port", str(port)]
        process = subprocess.Popen(command, env=environment, stdout=out, stderr=subprocess.STDOUT)
    try:
        _wait_until_ready(process, port, log)
        family = _list_family(process.pid)
        yield port
    except BaseException:
        process.kill()
        process.wait()
        raise
    process.send_signal(signal.SIGINT)
    code = process.wait(60)
    left = [pid for pid in family if Path(f"/proc/{pid}").exists()]
    told = log.read_text(encoding="utf-8", errors="replace")
    assert (code, left) == (0, []), f"ended with {code}, left behind {left}:\n{told[-4000:]}"
    assert "Traceback" not in told, told[-8000:]


def _find_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_ready(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """Ready is when the worker runs too: the last line of the start tells how to stop."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        if "Ctrl-C" in log.read_text(encoding="utf-8", errors="replace") and _ask(port, "/ready") == 200:
            return
        time.sleep(0.1)
    raise AssertionError(
        f"did not start ({process.poll()}):\n{log.read_text(encoding='utf-8', errors='replace')[-4000:]}"
    )


def _ask(port: int, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except OSError:
        return 0
    finally:
        connection.close()


def _list_family(pid: int) -> set[int]:
    """The process and all below it, where the list of processes can be read."""
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    children = {int(child) for task in tasks for child in task.read_text(encoding="ascii").split()}
    return {pid}.union(*(_list_family(child) for child in children))
