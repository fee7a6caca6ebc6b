"""The real server (granian, as `huiyin run` starts it), and the CPU that its processes use."""

from __future__ import annotations

import os
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from huiyin.app.running.children import Crew
from huiyin.app.running.command import make_jobs, make_web
from huiyin.app.running.first_page import wait_for_first_page

LOG = Path(tempfile.gettempdir()) / "huiyin-bench.log"
_TICK = os.sysconf("SC_CLK_TCK")


class Serving:
    """A running server: its port and its processes."""

    def __init__(self, port: int, web: int) -> None:
        self.port = port
        self._web = web

    def cpu(self) -> float:
        """Seconds of CPU that the web processes have used so far."""
        return sum(_read_cpu(pid) for pid in [self._web, *_list_children(self._web)])


@contextmanager
def serve(workers: int, *, jobs: bool = False) -> Iterator[Serving]:
    """The server on a free port of the loopback, with the worker for jobs if asked."""
    port = _find_port()
    with Crew(lambda words: print("   ", words.en, flush=True)) as crew:
        web = make_web("127.0.0.1", port, workers)
        with _aside():
            crew.start(web)
        wait_for_first_page(web, "127.0.0.1", port)
        if jobs:
            with _aside():
                crew.start(make_jobs())
        assert web.process is not None
        yield Serving(port, web.process.pid)


@contextmanager
def _aside() -> Iterator[None]:
    """What is started meanwhile writes its log into a file beside the results, not among them."""
    kept = os.dup(1), os.dup(2)
    with LOG.open("ab") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    try:
        yield
    finally:
        for number, stream in enumerate(kept, start=1):
            os.dup2(stream, number)
            os.close(stream)


def _find_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _list_children(pid: int) -> list[int]:
    children: list[int] = []
    for file in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in file.read_text(encoding="ascii").split():
            children += [int(child), *_list_children(int(child))]
    return children


def _read_cpu(pid: int) -> float:
    try:
        told = (
            Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        )
    except OSError:
        return 0.0
    return (int(told[11]) + int(told[12])) / _TICK
