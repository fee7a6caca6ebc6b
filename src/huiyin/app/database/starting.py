"""Finding the data folder's server, or starting one."""

from __future__ import annotations

import socket
import time
from pathlib import Path
from urllib.parse import quote

import psycopg

from huiyin.app import environment
from huiyin.app.database.account import Account, choose_account
from huiyin.app.database.binaries import choose_binaries
from huiyin.app.database.cluster import make_cluster, read_major, write_settings
from huiyin.app.database.failures import PORT_TAKEN
from huiyin.app.database.home import Say, bring_binaries, settle_home
from huiyin.app.database.roles import NAME, prepare_role
from huiyin.app.database.server import Server, read_server, start_server, stop_server, wait_until_ready
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words

ATTEMPTS = 3  # another program may take a port between the moment it was found free and its use


def make_url(server: Server) -> str:
    """The address of the product's own database, password included."""
    return f"postgresql://{NAME}:{quote(read_password())}@127.0.0.1:{server.port}/{NAME}"


def read_password() -> str:
    """The password of the embedded server, made on first use and kept in the data folder (mode 600)."""
    return environment.read_secret("HUIYIN_DATABASE_PASSWORD", "database-password")


def find_or_start(data: Path, say: Say, *, durable: bool) -> Server:
    """A server that is ready and answers. Only for who holds the right to start it (`locks.sole_starter`)."""
    account = choose_account()
    home = settle_home(data, account, say)
    server = _adopt(home, say)
    if server is not None:
        return server
    server = _start(home, account, say, durable=durable)
    try:
        _check(server)
    except BaseException:
        stop_server(server, say)
        raise
    return server


def _adopt(home: Path, say: Say) -> Server | None:
    """Another process's server, if it answers; one that is stopping or hangs is seen off first."""
    server = read_server(home / "cluster")
    if server is None:
        return None
    if server.status == "stopping":
        _wait_until_gone(server)
        return None
    wait_until_ready(server, home / "cluster", home / "server.log", say)
    try:
        _check(server)
    except psycopg.OperationalError:
        say(_HANGS)
        stop_server(server, say)
        return None
    return server


def _wait_until_gone(server: Server) -> None:
    while server.lives():
        time.sleep(0.02)


def _check(server: Server) -> None:
    prepare_role(server.port, read_password(), environment.data_folder() / "secrets" / "database-password")


def _start(home: Path, account: Account | None, say: Say, *, durable: bool) -> Server:
    cluster = home / "cluster"
    made_by = read_major(cluster)
    binaries = bring_binaries(choose_binaries(made_by), home, account)
    if made_by is None:
        say(_MAKING.fill(major=binaries.major))
        make_cluster(binaries, account, cluster, read_password())
    write_settings(cluster, account)
    log = home / "server.log"
    for attempt in range(ATTEMPTS):
        server = start_server(binaries, account, cluster, _choose_port(home), durable=durable, log=log)
        try:
            wait_until_ready(server, cluster, log, say)
        except BaseException as error:
            stop_server(server, say)
            if isinstance(error, Refusal) and error.code == PORT_TAKEN and attempt + 1 < ATTEMPTS:
                continue
            raise
        _note_port(home, server.port)
        return server
    raise AssertionError("the last attempt returns or raises")


def _note_port(home: Path, port: int) -> None:
    """Only when it has changed: a full disk must not empty the note."""
    note = home / "port"
    if not note.exists() or note.read_text(encoding="ascii") != str(port):
        note.write_text(str(port), encoding="ascii")


def _choose_port(home: Path) -> int:
    """The port of last time while it is free, for programs that know the address; else any free one."""
    note = home / "port"
    noted = note.read_text(encoding="ascii") if note.exists() else ""
    last = int(noted) if noted.isdigit() else 0
    for wanted in (last, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", wanted))
            except OSError:
                continue
            port: int = probe.getsockname()[1]
            return port
    raise Refusal("no-free-port", _NO_PORT)


_MAKING = Words(
    "首次启动，正在建立数据库（PostgreSQL {major}）……",
    "First start: making the database (PostgreSQL {major})…",
)
_HANGS = Words(
    "发现上次留下的数据库不再响应，正在重新启动……",
    "A database left from before does not answer; starting it again…",
)
_NO_PORT = Words("本机没有空闲端口可供数据库使用。", "This machine has no free port for the database.")
