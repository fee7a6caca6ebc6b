"""The life of the embedded server: the first who needs it starts it, the last who leaves stops it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from huiyin.app import environment
from huiyin.app.database.home import Say, desk, find_home
from huiyin.app.database.locks import Users, sole_starter
from huiyin.app.database.server import READY, Server, read_server, stop_server
from huiyin.app.database.starting import find_or_start, make_url
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words


def be_silent(words: Words) -> None:
    """For callers with nobody in front of them."""


class Database:
    """A database that someone uses: its address (a libpq URL), and a way to bring it back."""

    def __init__(self, url: str) -> None:
        self.url = url

    def revive(self) -> bool:
        """Start the server again if it has gone; whether it had. A given one is left to its keeper."""
        return False


class EmbeddedDatabase(Database):
    """The data folder's own server."""

    def __init__(self, say: Say, *, durable: bool) -> None:
        super().__init__("")
        self._data = environment.data_folder()
        self._say = say
        self._durable = durable
        self._users = Users(desk(self._data))
        self._server: Server | None = None

    def join(self) -> None:
        """Use the server, and start it if nobody has."""
        with self._sole_starter():
            self._users.join()
            self._find_or_start()

    def leave(self) -> None:
        """Use it no more; the last to leave stops it."""
        with self._sole_starter():
            self._users.leave()
            if self._users.nobody_left():
                self._stop()

    def revive(self) -> bool:
        if self._server is None or self._server.lives():
            return False
        with self._sole_starter():
            self._find_or_start()
        return True

    def _find_or_start(self) -> None:
        self._server = find_or_start(self._data, self._say, durable=self._durable)
        self.url = make_url(self._server)

    def _stop(self) -> None:
        """Stop whichever runs now: another process may have started a new one after a crash of the first."""
        ours = self._server
        running = read_server(find_home(self._data) / "cluster")
        if ours is not None and ours.lives() and (running is None or running.pid == ours.pid):
            running = ours  # even when its folder, and the note in it, has been taken from under it
        if running is not None:
            stop_server(running, self._say)
        if ours is not None and ours.child is not None:
            ours.child.wait()

    def _sole_starter(self) -> AbstractContextManager[None]:
        return sole_starter(desk(self._data), lambda: self._say(_WAITING))


@contextmanager
def watch_database(say: Say = be_silent, *, durable: bool = True) -> Iterator[Database]:
    """A database that answers, for as long as the block runs, with a way to bring it back if it ends before.

    `HUIYIN_DATABASE_URL` is taken as it is. Otherwise the server of the data folder is started, or shared
    with the processes that use it already; whoever leaves last stops it. `durable=False` trades safety for
    speed, for tests. Refused: no usable PostgreSQL, a cluster of another version, a full disk (codes in
    `failures` and `binaries`).
    """
    given = os.environ.get("HUIYIN_DATABASE_URL")
    if given:
        yield Database(given)
        return
    database = EmbeddedDatabase(say, durable=durable)
    try:
        database.join()
        yield database
    finally:
        database.leave()


@contextmanager
def ensure_database(say: Say = be_silent, *, durable: bool = True) -> Iterator[str]:
    """The address alone; otherwise as `watch_database`."""
    with watch_database(say, durable=durable) as database:
        yield database.url


def find_running() -> str | None:
    """The address of the data folder's server, if it runs and is ready now."""
    server = read_server(find_home(environment.data_folder()) / "cluster")
    return make_url(server) if server is not None and server.status == READY else None


def stop_running(say: Say, *, force: bool = False) -> bool:
    """Stop a server that was left running; whether there was one. One in use is refused unless `force`."""
    data = environment.data_folder()
    with sole_starter(desk(data), lambda: say(_WAITING)):
        server = read_server(find_home(data) / "cluster")
        if server is None:
            return False
        if not force and not Users(desk(data)).nobody_left():
            raise Refusal("database-in-use", _IN_USE)
        stop_server(server, say)
        return True


_WAITING = Words(
    "另一个进程正在启动或停止数据库，请稍候……", "Another process is starting or stopping the database…"
)
_IN_USE = Words(
    "数据库正在被其他进程使用（例如 huiyin run）。请先停止它们；一定要停止数据库，请加 --force。",
    "Other processes use the database (such as `huiyin run`). Stop them first, or add --force.",
)
