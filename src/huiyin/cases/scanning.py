"""The port to a virus scanner: whatever is given with a case passes it first, when there is one."""

from __future__ import annotations

import logging
import socket
from typing import Protocol

from django.conf import settings

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words

log = logging.getLogger(__name__)
TIMEOUT = 20.0  # seconds for one file
CHUNK = 64 * 1024
PORT = 3310
_LONGEST_ANSWER = 4096


class ScannerAway(Exception):
    """The scanner cannot be reached, took too long, or did not say yes or no."""


class Scanner(Protocol):
    """Looks at a file's bytes."""

    def scan(self, content: bytes) -> str | None:
        """The name of what was found; None when the file is clean. `ScannerAway` otherwise."""
        ...


class ClamdScanner:
    """ClamAV's daemon, asked by INSTREAM over its socket (a path) or TCP (`host` or `host:port`)."""

    def __init__(self, address: str, timeout: float = TIMEOUT) -> None:
        self._address = address.removeprefix("unix:").removeprefix("tcp://")
        self._timeout = timeout

    def scan(self, content: bytes) -> str | None:
        try:
            with self._connect() as connection:
                answer = _ask(connection, content)
        except OSError as error:
            raise ScannerAway(type(error).__name__) from error
        return _read(answer)

    def _connect(self) -> socket.socket:
        if self._address.startswith("/"):
            connection = socket.socket(socket.AF_UNIX)
            connection.settimeout(self._timeout)
            try:
                connection.connect(self._address)
            except OSError:
                connection.close()
                raise
            return connection
        host, _, port = self._address.rpartition(":")
        reached = (host, int(port)) if host and port.isdigit() else (self._address, PORT)
        return socket.create_connection(reached, self._timeout)


def _ask(connection: socket.socket, content: bytes) -> bytes:
    try:
        connection.sendall(b"zINSTREAM\0")
        for at in range(0, len(content), CHUNK):
            piece = content[at : at + CHUNK]
            connection.sendall(len(piece).to_bytes(4, "big") + piece)
        connection.sendall(bytes(4))
    except BrokenPipeError:  # it has heard enough: its answer says why
        pass
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < _LONGEST_ANSWER:
        more = connection.recv(_LONGEST_ANSWER)
        if not more:
            break
        answer += more
    return answer


def _read(answer: bytes) -> str | None:
    told = answer.rstrip(b"\0\n").decode(errors="replace")
    if told == "stream: OK":
        return None
    if told.startswith("stream: ") and told.endswith(" FOUND"):
        return told.removeprefix("stream: ").removesuffix(" FOUND")
    raise ScannerAway("an answer that says neither yes nor no")


def find_scanner() -> Scanner | None:
    """The one of the settings (`CLAMD`); None when there is none."""
    return ClamdScanner(settings.CLAMD) if settings.CLAMD else None


def check_clean(name: str, content: bytes) -> None:
    """Refuse `file-infected`, and `scanner-away` unless `CLAMD_REQUIRED` is off."""
    scanner = find_scanner()
    if scanner is None:
        return
    try:
        found = scanner.scan(content)
    except ScannerAway as away:
        log.warning("the virus scanner is away: %s", away)
        if settings.CLAMD_REQUIRED:
            raise Refusal("scanner-away", _AWAY.fill(name=name), field="files") from away
        return
    if found is not None:
        log.warning("a file was refused: %s", found)
        raise Refusal("file-infected", _INFECTED.fill(name=name, found=found), field="files")


_INFECTED = Words(
    "“{name}”里查出病毒（{found}），没有接收。请先在自己的设备上杀毒，再换一个文件。",
    "“{name}” carries a virus ({found}) and was not taken. Clean your device, and send another file.",
)
_AWAY = Words(
    "病毒检查暂时用不了，“{name}”没有接收。请过几分钟再传；文字可以先提交。",
    "The virus check is not working, so “{name}” was not taken. Try again in a few minutes; "
    "the words can be sent without it.",
)
