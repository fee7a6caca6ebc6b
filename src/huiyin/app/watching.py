"""Stands before everything else: gives each request its id, counts it, and writes one line about it."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from functools import cache
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponseBase
from django.urls import get_resolver

from huiyin.app.entrance.entering import WAITED
from huiyin.app.logs.context import REQUEST, choose_request_id
from huiyin.app.logs.scrubbing import name_route
from huiyin.app.metrics.counting import Counts
from huiyin.app.metrics.layout import SHED, STATIC, UNKNOWN, make_layout
from huiyin.app.standing import spare_check
from huiyin.pages.turning_away import TURNED_AWAY

log = logging.getLogger("huiyin.requests")
Answer = Callable[[HttpRequest], HttpResponseBase]
_MAKING = threading.Lock()
UNTOLD = frozenset({"health", "ready", "metrics", STATIC})
"""Routes whose good answers are counted and not told: machines ask for them all the time."""


class Statements:
    """Counts the statements of a request and their time."""

    __slots__ = ("count", "seconds")

    def __init__(self) -> None:
        self.count, self.seconds = 0, 0.0

    def __call__(self, execute: Callable[..., Any], *given: Any) -> Any:
        """Run one."""
        began = time.perf_counter()
        try:
            return execute(*given)
        finally:
            self.count += 1
            self.seconds += time.perf_counter() - began


def counts() -> Counts:
    """The counts of this process; made with the first request, after the server has made the process."""
    with _MAKING:  # several may be first at once, and there is one file
        return _make_counts()


@cache
def _make_counts() -> Counts:
    return Counts(make_layout(get_resolver()), settings.METRICS_FOLDER)


class WatchRequests:
    """Sets `request.id`: of `X-Request-Id` when that is a plain token, else a new one."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began = time.perf_counter()
        request.id = choose_request_id(request.META.get("HTTP_X_REQUEST_ID"))  # type: ignore[attr-defined]
        held = REQUEST.set(request.id)  # type: ignore[attr-defined]
        statements = Statements()
        spare_check(connection)
        try:
            with connection.execute_wrapper(statements):
                response = self.get_response(request)
            waited = request.META.get(WAITED, 0.0)
            _note(request, response.status_code, time.perf_counter() - began + waited, statements)
        finally:
            REQUEST.reset(held)
        return response


def _note(request: HttpRequest, status: int, seconds: float, statements: Statements) -> None:
    name, method = _name(request), request.method or "-"
    counted = counts()
    counted.count(name, method, status, seconds)
    if statements.count:
        counted.count_statements(statements.count, statements.seconds)
    if name in UNTOLD and status < 500:
        return
    fields: dict[str, Any] = {"method": method, "route": name_route(request), "status": status}
    fields |= {"ms": round(seconds * 1000, 1), "statements": statements.count}
    account = getattr(request, "account", None)
    if account is not None:
        fields["account"] = account.id
    if log.isEnabledFor(logging.INFO):
        # Not `log.info`: who calls is known, and looking for it costs a tenth of the line.
        record = log.makeRecord(log.name, logging.INFO, "", 0, "request", (), None, extra={"fields": fields})
        log.handle(record)


def _name(request: HttpRequest) -> str:
    if request.META.get(TURNED_AWAY):
        return SHED
    match = request.resolver_match
    if match is not None:
        return match.view_name
    return STATIC if request.path_info.startswith(settings.STATIC_URL) else UNKNOWN
