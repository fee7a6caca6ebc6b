"""Tells on stderr how far a long work has come: a line that changes on a terminal, steps elsewhere."""

from __future__ import annotations

import sys
import time

from huiyin.app.terminal import language, say
from huiyin.kernel.words import Words

_EVERY = 0.2  # seconds between two changes of the line
MEGABYTE = 1024 * 1024


class Progress:
    """What is being done now, and how much of it."""

    def __init__(self) -> None:
        self._drawn = 0.0
        self._moving = sys.stderr.isatty()
        self._title = Words("")

    def begin(self, title: Words) -> None:
        """The next step."""
        self._clear()
        self._title = title
        say(title)

    def tell(self, much: str) -> None:
        """How much of the step is done (`12 MB`, `3/40`), at most five times a second."""
        now = time.monotonic()
        if self._moving and now - self._drawn > _EVERY:
            self._drawn = now
            print(f"\r\033[K  {self._title.tell(language())} {much}", end="", file=sys.stderr, flush=True)

    def megabytes(self, size: int) -> None:
        """So many bytes of it are done."""
        self.tell(f"{size // MEGABYTE} MB")

    def end(self) -> None:
        """No line is left standing."""
        self._clear()

    def _clear(self) -> None:
        if self._moving and self._drawn:
            print("\r\033[K", end="", file=sys.stderr, flush=True)
            self._drawn = 0.0
