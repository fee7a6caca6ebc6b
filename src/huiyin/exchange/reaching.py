"""Sends one HTTP request to another system: to a judged and pinned address, bounded in time and size."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from time import monotonic
from urllib.parse import SplitResult, urlsplit

from huiyin.exchange.networks import Network, may_reach

SECONDS = 8.0
MOST = 64 * 1024
AGENT = "Huiyin"


class Unreached(Exception):
    """Nothing was sent: no such host, no connection, or an address that is not allowed."""


class Unanswered(Exception):
    """The request may have arrived, but no whole answer came back."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the status, at most the bytes asked for, and how long it took."""

    status: int
    body: bytes
    milliseconds: int


def reach(
    method: str,
    address: str,
    body: bytes | None,
    headers: Mapping[str, str],
    allowed: Sequence[Network],
    most: int = MOST,
) -> Answer:
    """One request and its answer; redirects are not followed. Raises `Unreached` or `Unanswered`.

    The host is looked up once, every address that it has must be allowed, and the connection goes to one of
    those: a second look-up could say something else. All of it is over after `SECONDS`.
    """
    start = monotonic()
    parts = urlsplit(address)
    connection = _connect(parts, allowed)
    with _bounded(connection, start + SECONDS):
        try:
            path = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
            connection.request(method, path, body, {"User-Agent": AGENT, **headers})
            response = connection.getresponse()
            told = response.read(most)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise Unanswered(_tell(error)) from error
    return Answer(response.status, told, round((monotonic() - start) * 1000))


def _connect(parts: SplitResult, allowed: Sequence[Network]) -> http.client.HTTPConnection:
    host, secure = parts.hostname or "", parts.scheme == "https"
    kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
    try:
        connection = kind(host, parts.port, timeout=SECONDS)
        ip = _choose(host, connection.port, parts.scheme, allowed)
        plain = socket.create_connection((ip, connection.port), timeout=SECONDS)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise Unreached(_tell(error)) from error
    try:
        context = ssl.create_default_context()
        connection.sock = context.wrap_socket(plain, server_hostname=host) if secure else plain
    except (OSError, ValueError) as error:
        plain.close()
        raise Unreached(_tell(error)) from error
    return connection


def _choose(host: str, port: int, scheme: str, allowed: Sequence[Network]) -> str:
    found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    for text in found:
        if not may_reach(ipaddress.ip_address(text.partition("%")[0]), scheme, allowed):
            raise Unreached(f"{text} is not allowed: only public addresses over https, or allowed networks")
    if not found:
        raise Unreached("the host has no address")
    return found[0]


@contextmanager
def _bounded(connection: http.client.HTTPConnection, until: float) -> Iterator[None]:
    """The connection is cut at `until`: a far side that sends a byte a second would hold it for ever."""
    cutter = threading.Timer(max(until - monotonic(), 0.1), _cut, (connection.sock,))
    cutter.daemon = True
    cutter.start()
    try:
        yield
    finally:
        cutter.cancel()
        connection.close()


def _cut(line: socket.socket) -> None:
    with suppress(OSError):  # it has ended by itself
        line.shutdown(socket.SHUT_RDWR)


def _tell(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:300]
