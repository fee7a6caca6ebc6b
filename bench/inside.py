"""The same requests inside this process: what they ask of the database."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple
from unittest.mock import patch

from bench.loading import Script, Unanswered


class Asked(NamedTuple):
    """A statement with its parameters, and the columns (name, text) of its first row, if it gave one.

    BEGIN, COMMIT and ROLLBACK have no parameters.
    """

    sql: str
    params: Any = None
    row: tuple[tuple[str, str], ...] = ()


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
    """The statements of one turn, with BEGIN and COMMIT where several are one transaction."""
    from django.db import connections

    connection = connections["default"]
    noting, commit, rollback = _Noting(connection), connection.commit, connection.rollback
    with (
        connection.execute_wrapper(noting),
        patch.object(connection, "commit", lambda: noting.end(commit, "COMMIT")),
        patch.object(connection, "rollback", lambda: noting.end(rollback, "ROLLBACK")),
    ):
        script(Inside())  # type: ignore[arg-type]  # it looks like a connection
    return noting.asked


class _Noting:
    """Writes down what a connection executes."""

    def __init__(self, connection: Any) -> None:
        self.asked: list[Asked] = []
        self._connection = connection
        self._inside = False

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if self._connection.in_atomic_block and not self._inside:
            self.asked.append(Asked("BEGIN"))
            self._inside = True
        answer = execute(sql, params, many, context)
        self.asked.append(Asked(sql, params, _read_row(context["cursor"].cursor.pgresult)))
        return answer

    def end(self, act: Callable[[], None], word: str) -> None:
        """A transaction ends."""
        act()
        if self._inside:
            self.asked.append(Asked(word))
            self._inside = False


def _read_row(result: Any) -> tuple[tuple[str, str], ...]:
    if result is None or not result.ntuples:
        return ()
    values = [(result.fname(at), result.get_value(0, at)) for at in range(result.nfields)]
    return tuple((name.decode(), (value or b"").decode(errors="replace")) for name, value in values)
