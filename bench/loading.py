"""A load client: so many connections over bare sockets, each asking one thing after another."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from bench.serving import Serving

Script = Callable[["Connection"], None]
"""What one connection does in one turn: one request or several."""

RECEIVE = 65_536
SHED = 503
PATIENCE = 900.0  # seconds during which a request that was turned away is sent again


class Unanswered(Exception):
    """An answer that was not what the scenario awaits."""


class ClosedUnanswered(Unanswered):
    """The connection was closed before a single byte of an answer."""


class Connection:
    """One connection that stays open; `ask` sends a request and gives status, headers and body.

    As a good client does, it waits and sends the same again, with the same client key, when it is told 503
    with `Retry-After`, and when a connection that was idle turns out to be closed.
    """

    def __init__(self, port: int, number: int = 0) -> None:
        self.port, self.number = port, number
        self._socket: socket.socket | None = None
        self.turns = self.shed = self.reopened = 0
        self.answers: list[float] = []

    def ask(self, request: bytes, awaited: int = 200) -> tuple[bytes, bytes]:
        """Head and body of the answer; `Unanswered` when its status is not `awaited`."""
        until = time.monotonic() + PATIENCE
        while True:
            began = time.monotonic()
            head, body = self._exchange(request)
            self.answers.append((time.monotonic() - began) * 1000)
            status, pause = int(head[9:12]), _read_pause(head)
            if status != SHED or pause is None or time.monotonic() > until:
                break
            self.shed += 1
            time.sleep(pause)
        if status != awaited:
            raise Unanswered(f"{status} instead of {awaited}: {request[:80]!r} {head[:600]!r} {body[:300]!r}")
        return head, body

    def _exchange(self, request: bytes) -> tuple[bytes, bytes]:
        was_open = self._socket is not None
        try:
            return self._send(request)
        except ClosedUnanswered:
            self.close()
            if not was_open:
                raise
            self.reopened += 1
            return self._send(request)

    def _send(self, request: bytes) -> tuple[bytes, bytes]:
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self.port), timeout=60)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            self._socket.sendall(request)
        except (BrokenPipeError, ConnectionResetError) as error:
            raise ClosedUnanswered(str(error)) from error
        return self._receive(self._socket)

    def _receive(self, channel: socket.socket) -> tuple[bytes, bytes]:
        data = b""
        while b"\r\n\r\n" not in data:
            try:
                more = channel.recv(RECEIVE)
            except ConnectionResetError:
                more = b""
            if not more:
                raise (Unanswered if data else ClosedUnanswered)("the connection was closed")
            data += more
        head, _, body = data.partition(b"\r\n\r\n")
        wanted = _read_length(head)
        parts, have = [body], len(body)
        while have < wanted if wanted is not None else not parts[-1].endswith(_END):
            more = channel.recv(RECEIVE)
            if not more:
                self.close()
                raise Unanswered("the connection was closed in the middle of an answer")
            parts.append(more)
            have += len(more)
        whole = b"".join(parts)
        return head, whole if wanted is not None else _join_chunks(whole)

    def close(self) -> None:
        """Let it go; the next request opens another."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None


def _read_pause(head: bytes) -> int | None:
    """The seconds of `Retry-After`."""
    found = re.search(rb"\r\nretry-after: *(\d+)", head, re.IGNORECASE)
    return int(found[1]) if found else None


_END = b"0\r\n\r\n"


def _read_length(head: bytes) -> int | None:
    """The length that the head tells; None when the body comes in chunks."""
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line[15:])
        if line.startswith(b"transfer-encoding:"):
            return None
    return 0


def _join_chunks(body: bytes) -> bytes:
    parts = []
    while body:
        size, _, rest = body.partition(b"\r\n")
        length = int(size, 16)
        parts.append(rest[:length])
        body = rest[length + 2 :] if length else b""
    return b"".join(parts)


@dataclass
class Load:
    """What a run gave: turns, seconds, latencies in ms, faults, and the server's CPU seconds.

    Besides, the time of every single answer in ms; how many said 503, and how many turns met at least one
    such and ended well; how many idle connections had been closed and were opened again.
    """

    seconds: float = 0.0
    cpu: float = 0.0
    latencies: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    answers: list[float] = field(default_factory=list)
    shed: int = 0
    shed_turns: int = 0
    reopened: int = 0

    @property
    def rate(self) -> float:
        """Turns a second."""
        return len(self.latencies) / self.seconds if self.seconds else 0.0

    @property
    def cpu_ms(self) -> float:
        """The server's CPU a turn, in ms."""
        return self.cpu * 1000 / len(self.latencies) if self.latencies else 0.0

    def percentile(self, share: float) -> float:
        """The latency in ms below which that share of the turns was answered."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0

    def add(self, connection: Connection) -> None:
        """What a connection has seen besides its turns."""
        self.answers += connection.answers
        self.shed += connection.shed
        self.reopened += connection.reopened


def load(serving: Serving, script: Script, seconds: float, connections: int = 16) -> Load:
    """Let so many connections repeat the script for so long. Three faults end a connection."""
    done, lock = Load(), threading.Lock()
    until = time.monotonic() + seconds

    def work(number: int) -> None:
        connection, mine, faults = Connection(serving.port, number), [], []
        while time.monotonic() < until and len(faults) < 3:
            start = time.perf_counter()
            try:
                script(connection)
            except (Unanswered, OSError) as error:
                faults.append(f"{type(error).__name__}: {error}")
                connection.close()
            else:
                mine.append((time.perf_counter() - start) * 1000)
            connection.turns += 1
        connection.close()
        with lock:
            done.latencies += mine
            done.faults += faults
            done.add(connection)

    workers = [threading.Thread(target=work, args=(number,)) for number in range(connections)]
    before, start = serving.cpu(), time.monotonic()
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    done.seconds, done.cpu = time.monotonic() - start, serving.cpu() - before
    return done
