"""The processes that `huiyin run` starts: watched, started again when they die, stopped in order."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Self

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words

Say = Callable[[Words], None]
QUICK = 10.0  # seconds: a child that lives shorter has died quickly
QUICK_DEATHS = 5  # so many in a row, and starting it again is given up, unless it has worked before
LONGEST_PAUSE = 2.0  # seconds before the next start; the database is not looked after meanwhile
GRACE = 15.0  # seconds for an orderly end
SET_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of Linux


@dataclass(slots=True)
class Child:
    """A program of ours, by its title and its arguments after the Python interpreter."""

    title: Words
    arguments: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    began: float = 0.0
    quick_deaths: int = 0
    has_worked: bool = False

    def start(self) -> None:
        """Start it, deaf to the terminal's Ctrl-C: only the parent says when to end."""
        self.began = time.monotonic()
        command = [sys.executable, "-P", *self.arguments]
        self.process = subprocess.Popen(command, start_new_session=True, preexec_fn=_bind_to_parent())  # noqa: S603, PLW1509  our own; the parent has one thread

    def code(self) -> int | None:
        """Its exit code once it has ended."""
        return None if self.process is None else self.process.poll()

    def start_again(self, say: Say) -> None:
        """After a death. Refused after several quick ones in a row, if it has never lived long.

        What has worked before is started again however often it dies: at night nobody is there to do so.
        """
        lived = time.monotonic() - self.began
        self.has_worked = self.has_worked or lived >= QUICK
        self.quick_deaths = self.quick_deaths + 1 if lived < QUICK else 0
        code = self.code()
        if self.quick_deaths >= QUICK_DEATHS and not self.has_worked:
            raise Refusal("keeps-dying", _KEEPS_DYING.fill(title=self.title, code=code))
        say(_DIED.fill(title=self.title, code=code))
        self.clear_away()
        time.sleep(min(LONGEST_PAUSE, 0.2 * self.quick_deaths))
        self.start()

    def clear_away(self) -> None:
        """End what a killed child has left running: its own children, which still hold port and database."""
        if self.process is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)


@dataclass(slots=True)
class Crew:
    """All the children; leaving the block stops them, the last one started first."""

    say: Say
    children: list[Child] = field(default_factory=list)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self, child: Child) -> None:
        """Start a child and keep it."""
        self.children.append(child)
        child.start()

    def mend(self) -> None:
        """Start again whoever has died."""
        for child in self.children:
            if child.code() is not None:
                child.start_again(self.say)

    def restart(self) -> None:
        """All of them, because the world around them has changed."""
        self.stop()
        for child in self.children:
            child.start()

    def stop(self) -> None:
        """Ask all to end, wait for them together, and kill what does not listen."""
        running = [child.process for child in self.children if child.process is not None]
        for process in reversed(running):
            process.terminate()
        until = time.monotonic() + GRACE
        for process in running:
            try:
                process.wait(timeout=max(0.0, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        for child in self.children:
            child.clear_away()


def _bind_to_parent() -> Callable[[], None] | None:
    """On Linux a child ends with its parent, even when that is killed without a chance to say so."""
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None)
    return lambda: libc.prctl(SET_DEATH_SIGNAL, int(signal.SIGTERM))


_DIED = Words(
    "{title}意外结束（代码 {code}），正在重新启动……",
    "{title} ended unexpectedly (code {code}); starting it again…",
)
_KEEPS_DYING = Words(
    "{title}反复意外结束（代码 {code}），已停止启动。请查看上面的报错。",
    "{title} ends again and again (code {code}); giving up. See the errors above.",
)
