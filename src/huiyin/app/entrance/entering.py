"""The front of the web application: who may go in at once, who waits, who is told to come later."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from huiyin.app.entrance.line import Line
from huiyin.app.entrance.receiving import receive
from huiyin.app.entrance.tide import Tide
from huiyin.pages.turning_away import CROWDED, PAUSE, TURNED_AWAY

Environ = dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]

WAITED = "huiyin.waited"
"""In the environment of a request: how many seconds it stood in line."""

ALONE = frozenset({"/health"})
WATCHING = frozenset({"/ready", "/metrics"})
"""Whoever watches over the system has a line of its own, and is never turned away."""


class Entrance:
    """Stands before `application` in one web process.

    Many requests may be in hand, few are computed at once: those have a place, which is a connection to the
    database. Threads beyond the places wait or turn away, so that the server itself never has a queue that
    nobody sees (`count_threads`).
    """

    def __init__(self, application: Application) -> None:
        self._application = application
        self._line = Line([_make_place() for _ in range(settings.PLACES)], settings.LONGEST_LINE)
        self._tide = Tide()
        self._watching = Line([_make_place()], settings.LONGEST_LINE)

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        """Answer one request."""
        why = receive(environ, settings.LARGEST_REQUEST)
        try:
            return self._answer(environ, start_response, why)
        finally:
            if hasattr(environ["wsgi.input"], "close"):  # a file, or the server's own, which was not needed
                environ["wsgi.input"].close()

    def _answer(self, environ: Environ, start_response: Any, why: str) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if why or path in ALONE or path.startswith(settings.STATIC_URL):
            return self._turn_away(environ, start_response, why)
        began, watching = time.perf_counter(), path in WATCHING
        line = self._watching if watching else self._line
        place = line.enter(-1 if watching else settings.LONGEST_WAIT)
        environ[WAITED] = time.perf_counter() - began
        if place is None:
            environ[PAUSE] = self._tide.turn_away()
            return self._turn_away(environ, start_response, CROWDED)
        self._tide.serve()
        own = connections[DEFAULT_DB_ALIAS]
        connections[DEFAULT_DB_ALIAS] = place
        try:
            return _finish(self._application(environ, start_response))
        finally:
            connections[DEFAULT_DB_ALIAS] = own
            line.leave(place)

    def _turn_away(self, environ: Environ, start_response: Any, why: str) -> Iterable[bytes]:
        """What needs no place: files of the pages, signs of life, and saying no."""
        environ[TURNED_AWAY] = why
        return _finish(self._application(environ, start_response))


def _make_place() -> BaseDatabaseWrapper:
    """A connection to the database that any thread may use, one after another."""
    place = connections.create_connection(DEFAULT_DB_ALIAS)
    place.inc_thread_sharing()
    return place


def _finish(response: Any) -> Iterable[bytes]:
    """The whole answer, its request ended; a file on the disk is sent afterwards, at its taker's pace."""
    if getattr(response, "streaming", False):
        return response  # type: ignore[no-any-return]
    try:
        return [b"".join(response)]
    finally:
        response.close()


def count_threads() -> int:
    """How many threads a web process needs: for places, for the line, and for saying no to what is beyond."""
    return settings.PLACES + settings.LONGEST_LINE + max(8, math.ceil(settings.LONGEST_LINE / 4))
