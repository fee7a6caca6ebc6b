"""Another system, outside the product: a small web server that keeps what it is sent and answers as told."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LOOPBACK = ["127.0.0.0/8"]


@dataclass
class Received:
    """One request that came in."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """`answers` are given in turn, the last of them for ever: status, body, headers."""

    port: int = 0
    answers: list[tuple[int, bytes, dict[str, str]]] = field(default_factory=lambda: [(200, b"", {})])
    got: list[Received] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook?from=huiyin"

    def answer(self, *answers) -> None:
        """`answer(500, (200, b"{}"))`: what to say from now on."""
        told = [one if isinstance(one, tuple) else (one, b"") for one in answers]
        self.answers = [(*one, {}) if len(one) == 2 else one for one in told]

    def next_answer(self) -> tuple[int, bytes, dict[str, str]]:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@contextmanager
def receive():
    """A receiver that runs."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            receiver.got.append(Received(self.command, self.path, dict(self.headers), body))
            status, told, headers = receiver.next_answer()
            if status == 0:
                return  # the line is cut without a word
            self.send_response(status)
            for name, text in headers.items():
                self.send_header(name, text)
            self.send_header("Content-Length", str(len(told)))
            self.end_headers()
            self.wfile.write(told)

        do_GET = do_POST  # noqa: N815  the name that the server asks for

        def log_message(self, *_args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
