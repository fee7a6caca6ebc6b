"""The same requests inside this process: what they ask of the database, what they cost alone."""

from __future__ import annotations

import resource
from collections.abc import Callable
from typing import Any, NamedTuple

from bench.loading import Script, Unanswered


class Asked(NamedTuple):
    """A statement with its parameters; BEGIN and COMMIT have none."""

    sql: str
    params: Any = None


class Inside:
    """A connection that asks Django directly; it looks like the load client's."""

    number = 0

    def __init__(self) -> None:
        from django.test import Client

        self._client = Client()
        self.port = 0

    def ask(self, request: bytes, awaited: int = 200) -> tuple[bytes, bytes]:
        """Head and body of the answer; `Unanswered` when its status is not `awaited`."""
        head, _, body = request.partition(b"\r\n\r\n")
        first, *lines = head.decode().split("\r\n")
        method, path, _ = first.split(" ")
        headers = dict(line.split(": ", 1) for line in lines)
        cookies = headers.pop("Cookie", "")
        self._client.cookies.clear()
        self._client.cookies.load(cookies)
        content_type = headers.pop("Content-Type", "application/octet-stream")
        answer = self._client.generic(method, path, body, content_type, headers=headers)
        if answer.status_code != awaited:
            raise Unanswered(f"{answer.status_code} instead of {awaited}: {first} {answer.content[:500]!r}")
        told = "\r\n".join(f"{name}: {value}" for name, value in answer.headers.items())
        return told.encode(), answer.content


def capture(script: Script) -> list[Asked]:
    """The statements of one turn."""
    from django.db import connection

    asked: list[Asked] = []
    inside = False

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal inside
        now = connection.in_atomic_block
        if now != inside:
            asked.append(Asked("BEGIN" if now else "COMMIT"))
            inside = now
        asked.append(Asked(sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        script(Inside())  # type: ignore[arg-type]  # it looks like a connection
    return [*asked, Asked("COMMIT")] if inside else asked


def cost(script: Script, turns: int) -> float:
    """Milliseconds of CPU a turn, in this process alone."""
    inside: Any = Inside()
    before = resource.getrusage(resource.RUSAGE_SELF)
    for _ in range(turns):
        script(inside)
    after = resource.getrusage(resource.RUSAGE_SELF)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000 / turns
