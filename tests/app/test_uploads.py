"""A hundred megabytes sent to the real server are refused and never kept, however they are sent."""

from __future__ import annotations

import os
import socket
import time
from pathlib import Path

import pytest

import huiyin
from huiyin.app.running.children import Child, Crew
from huiyin.app.running.command import make_web

SIZE = 100 * 1024 * 1024
PIECE = b"x" * 1024 * 1024
FORM = b"Content-Type: multipart/form-data; boundary=b"
JSON = b"Content-Type: application/json"

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="memory is read from /proc")


@pytest.fixture(scope="module")
def web(tmp_path_factory):
    """A web process without a database behind it: nothing could be stored. Port, process, its folder."""
    folder = tmp_path_factory.mktemp("web")
    (folder / "bodies").mkdir()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with pytest.MonkeyPatch.context() as patch, Crew(lambda _words: None) as crew:
        patch.setenv("PYTHONPATH", str(Path(huiyin.__file__).parents[1]))
        patch.setenv("DJANGO_SETTINGS_MODULE", "huiyin.app.settings")
        patch.setenv("HUIYIN_DATA", str(folder / "data"))
        patch.setenv("HUIYIN_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
        patch.setenv("TMPDIR", str(folder / "bodies"))
        child = make_web("127.0.0.1", port, 1)
        crew.start(child)
        wait_for(child, port)
        yield port, child.process.pid, folder


def wait_for(child: Child, port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and child.code() is None:
        try:
            assert b" 200 " in say(port, b"GET /health HTTP/1.1\r\nHost: a\r\n\r\n")
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail("it does not answer")


def say(port: int, *parts: bytes) -> bytes:
    """The head of the answer to what was sent to its end."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as channel:
        for part in parts:
            channel.sendall(part)
        return read(channel)


def read(channel: socket.socket) -> bytes:
    answer = b""
    while b"\r\n\r\n" not in answer and (more := channel.recv(65536)):
        answer += more
    return answer


def count_memory(pid: int) -> int:
    """Bytes that the web processes hold."""
    pids = [pid, *Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    pages = sum(int(Path(f"/proc/{one}/statm").read_text().split()[1]) for one in pids)
    return pages * os.sysconf("SC_PAGE_SIZE")


def head(path: str, kind: bytes, length: bytes) -> bytes:
    return f"POST {path} HTTP/1.1\r\nHost: a\r\n".encode() + kind + b"\r\n" + length + b"\r\n\r\n"


MEASURED = (f"Content-Length: {SIZE}".encode(), [PIECE] * 100)
CHUNKED = (b"Transfer-Encoding: chunked", [b"100000\r\n" + PIECE + b"\r\n"] * 100 + [b"0\r\n\r\n"])


def test_a_hundred_megabytes_are_413_for_pages_and_machines_told_or_in_chunks(web):
    port, pid, folder = web
    say(port, head("/report", FORM, b"Content-Length: 3"), b"a=b")
    before = count_memory(pid)
    for path, kind in (("/report", FORM), ("/api/v1/cases", JSON)):
        for length, parts in (MEASURED, CHUNKED):
            answer = say(port, head(path, kind, length), *parts)
            assert answer.startswith(b"HTTP/1.1 413 "), answer[:200]
    assert count_memory(pid) - before < 32 * 1024 * 1024
    assert list((folder / "bodies").iterdir()) == []
    assert not (folder / "data" / "attachments").exists()


def test_who_waits_to_be_asked_for_it_is_refused_before_sending(web):
    port, *_ = web
    with socket.create_connection(("127.0.0.1", port), timeout=60) as channel:
        channel.sendall(head("/report", FORM, MEASURED[0] + b"\r\nExpect: 100-continue"))
        assert read(channel).startswith(b"HTTP/1.1 413 ")


def test_what_comes_in_chunks_and_is_small_needs_a_length(web):
    port, *_ = web
    small = b"5\r\nhello\r\n0\r\n\r\n"
    assert say(port, head("/api/v1/cases", JSON, CHUNKED[0]), small).startswith(b"HTTP/1.1 411 ")


def test_a_form_that_breaks_off_leaves_the_server_well(web):
    port, *_ = web
    with socket.create_connection(("127.0.0.1", port), timeout=60) as channel:
        channel.sendall(head("/report", FORM, b"Content-Length: 9000") + b"half")
    assert b" 200 " in say(port, b"GET /health HTTP/1.1\r\nHost: a\r\n\r\n")
