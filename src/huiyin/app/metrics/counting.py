"""Counts of this web process in a file of its own, which any of its sisters can read and add up."""

from __future__ import annotations

import mmap
import os
import threading
from array import array
from collections.abc import Iterator
from pathlib import Path

from huiyin.app.metrics.layout import CELL, DATABASE_MICROSECONDS, STATEMENTS, Layout, find_bucket

_WORD = 8
_DIGEST = 32


class Counts:
    """The numbers of a layout, in a file named after this process and its parent.

    Sisters (web processes of one server) have one parent, and each reads them all. A file that cannot be made
    (a full disk) costs the other processes' view, never a request: its room is taken before it is mapped.
    """

    def __init__(self, layout: Layout, folder: Path) -> None:
        self.layout = layout
        self.folder = folder
        self._lock = threading.Lock()
        self._map = _make_map(folder, layout)
        self._numbers = memoryview(self._map)[_DIGEST:].cast("Q")

    def count(self, name: str, method: str, status: int, seconds: float) -> None:
        """One request more. Some 1 µs."""
        at = self.layout.place(name, method, status)
        bucket = at + find_bucket(seconds)
        with self._lock:
            self._numbers[bucket] += 1
            self._numbers[at + CELL - 1] += int(seconds * 1e6)

    def count_statements(self, count: int, seconds: float) -> None:
        """So many statements more, and the time that they took."""
        with self._lock:
            self._numbers[STATEMENTS] += count
            self._numbers[DATABASE_MICROSECONDS] += int(seconds * 1e6)

    def add_up(self) -> array[int]:
        """The numbers of all sisters, the dead ones among them; of this process alone without files."""
        total = array("Q", self._numbers)
        for other in self._sisters():
            total = array("Q", map(int.__add__, total, other))
        return total

    def _sisters(self) -> Iterator[array[int]]:
        for path in self.folder.glob(f"{os.getppid()}-*.counts"):
            if path.name == _file_name():
                continue
            raw = path.read_bytes()
            if raw[:_DIGEST] == self.layout.digest and len(raw) == _DIGEST + self.layout.size * _WORD:
                yield array("Q", raw[_DIGEST:])


def _file_name() -> str:
    return f"{os.getppid()}-{os.getpid()}.counts"


def _make_map(folder: Path, layout: Layout) -> mmap.mmap:
    size = _DIGEST + layout.size * _WORD
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _forget_dead_families(folder)
        with (folder / _file_name()).open("w+b") as file:
            # Written, not merely lengthened: a hole that meets a full disk later would kill the process.
            file.write(layout.digest.ljust(size, b"\0"))
            file.flush()
            os.fsync(file.fileno())
            return mmap.mmap(file.fileno(), size)
    except OSError:
        return mmap.mmap(-1, size)


def _forget_dead_families(folder: Path) -> None:
    """Files whose server has ended."""
    for path in folder.glob("*-*.counts"):
        parent = path.name.partition("-")[0]
        if parent.isdigit() and not _lives(int(parent)):
            path.unlink(missing_ok=True)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
