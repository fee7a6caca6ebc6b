"""Two locks on disk: one lets a single process start or stop the server, one counts who uses it."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def sole_starter(desk: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Nobody else starts or stops the server inside the block; `waiting` is called when one has to wait."""
    with _opened(desk / "start.lock") as lock:
        if not _take(lock, fcntl.LOCK_EX):
            waiting()
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


class Users:
    """Everyone who uses the server. The system forgets a user that dies, however it died."""

    def __init__(self, desk: Path) -> None:
        self._file = desk / "users.lock"
        self._held: int | None = None

    def join(self) -> None:
        """Count this process, until `leave`."""
        self._held = _open(self._file)
        fcntl.flock(self._held, fcntl.LOCK_SH)

    def leave(self) -> None:
        """Count this process no more."""
        if self._held is not None:
            os.close(self._held)
            self._held = None

    def nobody_left(self) -> bool:
        """Whether no process at all is counted. Only true for long inside `sole_starter`."""
        with _opened(self._file) as lock:
            return _take(lock, fcntl.LOCK_EX)


def _open(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    lock = _open(path)
    try:
        yield lock
    finally:
        os.close(lock)


def _take(lock: int, kind: int) -> bool:
    try:
        fcntl.flock(lock, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
