"""A line before a few places: first come, first served, and nobody waits without bound."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterable
from typing import Generic, TypeVar

Place = TypeVar("Place")


class _Waiting(Generic[Place]):
    __slots__ = ("called", "place")

    def __init__(self) -> None:
        self.called = threading.Lock()
        self.called.acquire()
        self.place: Place | None = None


class Line(Generic[Place]):
    """Hands out `places`; at most `longest` wait for one. What comes beyond is told so at once.

    Who waits costs no turn of the interpreter: each sleeps on a lock of its own until a place is handed over.
    """

    def __init__(self, places: Iterable[Place], longest: int) -> None:
        self._free = deque(places)
        self._waiting: deque[_Waiting[Place]] = deque()
        self._longest = longest
        self._lock = threading.Lock()

    def enter(self, patience: float) -> Place | None:
        """A place; None when the line is full, or when none became free within `patience` seconds."""
        with self._lock:
            if self._free:
                return self._free.pop()
            if len(self._waiting) >= self._longest:
                return None
            mine = _Waiting[Place]()
            self._waiting.append(mine)
        if mine.called.acquire(timeout=patience):
            return mine.place
        with self._lock:
            if mine.place is None:  # else it was called in the very last moment
                self._waiting.remove(mine)
            return mine.place

    def leave(self, place: Place) -> None:
        """Give the place to whoever waits longest."""
        with self._lock:
            if not self._waiting:
                self._free.append(place)
                return
            following = self._waiting.popleft()
            following.place = place
        following.called.release()
