"""One running server: known by the `postmaster.pid` that PostgreSQL keeps in the cluster."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from huiyin.app.database.account import Account, as_account
from huiyin.app.database.binaries import Binaries
from huiyin.app.database.failures import explain_failure
from huiyin.app.database.home import Say
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words

READY = "ready"
PATIENCE = 3.0  # seconds before a person is told why nothing happens yet
STOP_WITHIN = 60.0  # seconds for an orderly stop before an immediate one
GIVE_UP_AFTER = 90.0  # seconds; not even the immediate stop helped
_STARTED: list[subprocess.Popen[bytes]] = []  # kept, for a server may outlive the block that started it
UNSAFE = ("-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off")


@dataclass(slots=True)
class Server:
    """A process that serves a cluster on a port of the loopback; `child` when this process started it."""

    pid: int
    port: int
    status: str = "starting"
    child: subprocess.Popen[bytes] | None = None

    def lives(self) -> bool:
        """Whether the process is there, and not merely waiting to be buried."""
        if self.child is not None:
            return self.child.poll() is None
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        except PermissionError:  # there, though not ours
            return True
        return not _awaits_burial(self.pid)


def _awaits_burial(pid: int) -> bool:
    """An ended process whose parent, another process of ours, has not asked for its end yet."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2]
    except OSError:
        told = _ask_ps(pid, "state=")
    return told.strip().startswith("Z")


def read_server(cluster: Path) -> Server | None:
    """The server that PostgreSQL's own note names, if that process is alive and really serves `cluster`."""
    try:
        lines = (cluster / "postmaster.pid").read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return None
    if len(lines) < 4 or not lines[3].isdigit():
        return None
    status = lines[7].strip() if len(lines) > 7 else "starting"
    server = Server(pid=abs(int(lines[0])), port=int(lines[3]), status=status)
    return server if server.lives() and _serves(server.pid, cluster) else None


def _serves(pid: int, cluster: Path) -> bool:
    """A number can be given to another process after a crash: what it was started with tells them apart."""
    try:
        started_with = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").split("\0")
    except OSError:
        started_with = _ask_ps(pid, "command=").split()
    return str(cluster) in started_with


def _ask_ps(pid: int, what: str) -> str:
    """Where there is no `/proc`, as on macOS."""
    command = ["ps", "-ww", "-p", str(pid), "-o", what]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout  # noqa: S603


def start_server(
    binaries: Binaries, account: Account | None, cluster: Path, port: int, *, durable: bool, log: Path
) -> Server:
    """Start it; it is not ready yet. A session of its own keeps the terminal's Ctrl-C away from it."""
    (cluster / "postmaster.pid").unlink(missing_ok=True)  # `read_server` found nobody behind it
    command = [binaries["postgres"], "-D", str(cluster), "-p", str(port), *(() if durable else UNSAFE)]
    with log.open("wb") as out:
        options = {"stdout": out, "stderr": out, "start_new_session": True, **as_account(account)}
        child = subprocess.Popen(command, **options)  # noqa: S603  our own programs
    _STARTED.append(child)
    return Server(child.pid, port, child=child)


def wait_until_ready(server: Server, cluster: Path, log: Path, say: Say) -> None:
    """Wait as long as it takes: a recovery after a crash has no limit, but a person is told of it."""
    began, told = time.monotonic(), False
    while True:
        current = read_server(cluster)
        if current is not None and current.pid == server.pid and current.status == READY:
            return
        if not server.lives():
            raise explain_failure(log.read_text(encoding="utf-8", errors="replace"), log)
        if not told and time.monotonic() - began > PATIENCE:
            say(_RECOVERING)
            told = True
        time.sleep(0.02)


def stop_server(server: Server, say: Say) -> None:
    """Orderly and at once (open transactions are rolled back); immediate when that takes too long."""
    began, told = time.monotonic(), False
    _signal(server, signal.SIGINT)
    while server.lives():
        waited = time.monotonic() - began
        if not told and waited > PATIENCE:
            say(_STOPPING)
            told = True
        if waited > STOP_WITHIN:
            _signal(server, signal.SIGQUIT)
        if waited > GIVE_UP_AFTER:
            raise Refusal("database-does-not-stop", _DOES_NOT_STOP.fill(pid=server.pid))
        time.sleep(0.02)


def _signal(server: Server, number: signal.Signals) -> None:
    try:
        os.kill(server.pid, number)
    except ProcessLookupError:
        return


_DOES_NOT_STOP = Words(
    "数据库进程 {pid} 没有停止。请检查磁盘，必要时重启机器；已提交的数据不会丢失。",
    "The database process {pid} does not stop. Look at the disk; committed data is safe even if "
    "the machine restarts.",
)
_RECOVERING = Words(
    "数据库正在恢复上次未正常结束时的数据，请稍候……",
    "The database is recovering what was written before it last ended abruptly; please wait…",
)
_STOPPING = Words("数据库正在写完数据后停止……", "The database is writing its data before it stops…")
