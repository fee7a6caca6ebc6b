"""The virus scanner's port, against a small server that speaks clamd's INSTREAM."""

from __future__ import annotations

import io
import socket
import socketserver
import threading
from contextlib import contextmanager

import pytest

from huiyin.cases.api import Upload, keep_files
from huiyin.cases.scanning import CHUNK, ClamdScanner, ScannerAway
from huiyin.kernel.refusals import Refusal

# In two halves, so that no scanner on the way takes this file for what it only names.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-" + rb"ANTIVIRUS-TEST-FILE!$H+H*"


class Clamd(socketserver.StreamRequestHandler):
    """Takes the chunks of one stream and answers as clamd does."""

    def handle(self):
        server = self.server
        if server.manner == "silent":
            server.released.wait(10)
            return
        assert self.rfile.read(10) == b"zINSTREAM\0"
        content = bytearray()
        while size := int.from_bytes(self.rfile.read(4), "big"):
            content += self.rfile.read(size)
            if server.manner == "small" and len(content) > CHUNK:
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                return
        server.seen.append(bytes(content))
        if server.manner == "broken":
            self.wfile.write(b"stream: perhaps\0")
        elif server.manner == "halved":
            self.wfile.write(b"stream: O")
        else:
            self.wfile.write(b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0")


@contextmanager
def serving(kind, address, manner="usual"):
    kind.allow_reuse_address = True
    with kind(address, Clamd) as server:
        server.daemon_threads, server.manner, server.seen = True, manner, []
        server.released = threading.Event()
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield server
        server.released.set()
        server.shutdown()
        thread.join()


@pytest.fixture
def clamd():
    with serving(socketserver.ThreadingTCPServer, ("127.0.0.1", 0)) as server:
        yield server


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "attachments"
    settings.CLAMD_REQUIRED = True


def address_of(server):
    return "tcp://{}:{}".format(*server.server_address)


def keep(raw):
    return keep_files([Upload("证明.pdf", io.BytesIO(raw))])[0]


def refuse(raw):
    with pytest.raises(Refusal) as caught:
        keep(raw)
    assert caught.value.field == "files"
    assert "证明.pdf" in caught.value.words.zh
    return caught.value.code


def test_a_clean_file_is_kept_and_was_seen_whole(settings, clamd):
    settings.CLAMD = address_of(clamd)
    raw = b"%PDF-1.7" + bytes(3 * CHUNK)
    assert keep(raw).size == len(raw)
    assert clamd.seen == [raw]


def test_a_file_with_a_virus_is_refused_and_not_kept(settings, clamd):
    settings.CLAMD = address_of(clamd)
    assert refuse(b"%PDF-1.7" + EICAR) == "file-infected"
    assert not settings.MEDIA_ROOT.exists()


def test_a_socket_of_the_machine_serves_as_well(tmp_path):
    path = str(tmp_path / "clamd.sock")
    with serving(socketserver.ThreadingUnixStreamServer, path):
        assert ClamdScanner(path).scan(b"clean") is None
        assert ClamdScanner(f"unix:{path}").scan(EICAR) == "Eicar-Test-Signature"


@pytest.mark.parametrize("manner", ["broken", "halved", "small"])
def test_an_answer_that_is_neither_yes_nor_no_counts_as_none(manner):
    with (
        serving(socketserver.ThreadingTCPServer, ("127.0.0.1", 0), manner) as server,
        pytest.raises(ScannerAway),
    ):
        ClamdScanner(address_of(server)).scan(bytes(5 * CHUNK))


def test_a_scanner_that_does_not_answer_is_not_waited_for_without_end():
    silent = serving(socketserver.ThreadingTCPServer, ("127.0.0.1", 0), "silent")
    with silent as server, pytest.raises(ScannerAway):
        ClamdScanner(address_of(server), timeout=0.1).scan(b"clean")


@pytest.fixture
def nobody():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield "{}:{}".format(*taken.getsockname())


def test_without_its_scanner_nothing_is_taken(settings, nobody):
    settings.CLAMD = nobody
    assert refuse(b"%PDF-1.7") == "scanner-away"
    settings.CLAMD = "/no/such/socket"
    assert refuse(b"%PDF-1.7") == "scanner-away"


def test_unless_the_operator_has_chosen_otherwise(settings, nobody):
    settings.CLAMD, settings.CLAMD_REQUIRED = nobody, False
    assert keep(b"%PDF-1.7").size == 8
