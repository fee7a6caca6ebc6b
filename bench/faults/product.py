"""The real product in a data folder of its own, and the processes that it consists of."""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 240.0  # seconds for the first page


class Product:
    """`huiyin run` on a free port; whoever uses it stops it."""

    def __init__(self, data: Path, **environment: str) -> None:
        self.data, self.port, self.log = data, _find_port(), data / "run.log"
        own = {name: value for name, value in os.environ.items() if not name.startswith("HUIYIN_")}
        self.environment = own | {
            "PYTHONPATH": str(ROOT / "src"),
            "HUIYIN_DATA": str(data),
            "HUIYIN_DEMO_DAYS": "1",
            "HUIYIN_DEMO_VILLAGES": "0",
            "HUIYIN_LANGUAGE": "en",
            "DJANGO_SETTINGS_MODULE": "huiyin.app.settings",
            **environment,
        }
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns when the pages answer and the worker runs."""
        command = [sys.executable, "-P", "-m", "huiyin.app.cli", "run", "--port", str(self.port)]
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                command, env=self.environment, stdout=out, stderr=out, start_new_session=True
            )
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self.process.poll() is None:
            if "Ctrl-C" in self.tell_log() and self.is_ready():
                return
            time.sleep(0.1)
        raise SystemExit(f"the product did not start:\n{self.tell_log()[-4000:]}")

    def stop(self) -> int:
        """An orderly end; the exit code."""
        assert self.process is not None
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(90)

    def tell_log(self) -> str:
        """All that it has said."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def is_ready(self) -> bool:
        """Whether the pages answer and the database with them."""
        return ask(self.port, "/ready")[0] == 200

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Another command of the product on the same data folder."""
        command = [sys.executable, "-P", "-m", "huiyin.app.cli", *arguments]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)

    def database_url(self) -> str:
        """The address of its embedded database, as it tells itself."""
        if "HUIYIN_DATABASE_URL" in self.environment:
            return self.environment["HUIYIN_DATABASE_URL"]
        home = self.data / "postgres"
        note = home / "elsewhere"
        home = Path(note.read_text(encoding="utf-8").strip()) if note.exists() else home
        port = (home / "port").read_text(encoding="ascii").strip()
        password = (self.data / "secrets" / "database-password").read_text(encoding="ascii").strip()
        return f"postgresql://huiyin:{password}@127.0.0.1:{port}/huiyin"

    def find(self, part: str) -> list[int]:
        """The processes of `web`, `worker`, `database` (the postmaster first) or `backend`."""
        assert self.process is not None
        tops = {_name(pid): pid for pid in _children(self.process.pid)}
        top = tops.get("database" if part == "backend" else part)
        if top is None:
            return []
        family = [top, *_descendants(top)]
        return [pid for pid in family[1:] if "127.0.0.1" in _command(pid)] if part == "backend" else family


def kill(pids: list[int]) -> None:
    """`kill -9`, all at once."""
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def ask(port: int, path: str, timeout: float = 10.0) -> tuple[int, str]:
    """Status and body of a page; status 0 when there is no answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode(errors="replace")
    except (OSError, http.client.HTTPException):
        return 0, ""
    finally:
        connection.close()


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def _name(pid: int) -> str:
    command = _command(pid)
    if "granian" in command:
        return "web"
    if "huiyin.app.cli worker" in command:
        return "worker"
    return "database" if "postgres -D" in command else str(pid)


def _children(pid: int) -> list[int]:
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            found += [int(child) for child in task.read_text(encoding="ascii").split()]
    return found


def _descendants(pid: int) -> list[int]:
    children = _children(pid)
    return children + [below for child in children for below in _descendants(child)]


def _find_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
