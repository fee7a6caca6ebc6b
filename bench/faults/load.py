"""Citizens and staff who report and move without pause, and a ledger of what was acknowledged to them."""

from __future__ import annotations

import http.client
import random
import re
import threading
import time
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import urlencode
from uuid import UUID

CSRF = "f" * 32
LOGIN, PASSWORD = "linxiao", "hechuan-demo"  # pragma: allowlist secret  (the demo county prints it)
TAGS = re.compile(r"<[^>]+>|\s+")
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(slots=True)
class Act:
    """One thing asked for, under one client key."""

    kind: str  # `create`, or the name of a move
    key: str
    number: str = ""
    acknowledged: bool = False
    refused: str = ""
    attempts: int = 0


@dataclass(slots=True)
class Ledger:
    """Everything that was asked for, and every answer by its status (0: none)."""

    acts: list[Act] = field(default_factory=list)
    answers: dict[int, int] = field(default_factory=dict)
    faulty: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, status: int, body: str, headers: Any) -> None:
        """Count an answer; keep what must never be: a traceback, a 500, a 503 without Retry-After."""
        with self.lock:
            self.answers[status] = self.answers.get(status, 0) + 1
            bad = status == 500 or "Traceback" in body or (status == 503 and not headers.get("Retry-After"))
            if bad and len(self.faulty) < 20:
                self.faulty.append(f"{status}: {body[:2000]}")


class Client(threading.Thread):
    """Reports, adds words as the citizen, accepts as the staff; the same key again until it is acknowledged.

    One in ten gives up after the first failure: its act must then be whole or absent.
    """

    def __init__(self, port: int, ledger: Ledger, seed: int, stopped: threading.Event) -> None:
        super().__init__(daemon=True, name=f"client-{seed}")
        self.port, self.ledger, self.stopped = port, ledger, stopped
        self.rng = random.Random(seed)
        self.session = ""

    def run(self) -> None:
        """Matters without pause until `stopped`."""
        while not self.stopped.is_set():
            self._one_matter()

    def _one_matter(self) -> None:
        form = {
            "kind": "other", "words": f"路灯坏了没人修，编号{self.rng.randrange(10**9)}", "township": "",
            "where": "人民路口", "identity": "named", "name": "王试验", "phone": "10100001234",
        }  # fmt: skip
        act = self._new("create")
        location = self._until_done(act, "/report", form, "/received/")
        found = re.match(r"/received/([^/]+)/([^/?]+)", location)
        if found is None:
            return
        number, secret = found[1], found[2]
        act.number = number
        words = self._new("add_words", number)
        done = self._until_done(
            words, f"/t/{number}/{secret}/moves/add_words", {"words": "又坏了一盏"}, "done="
        )
        if not done:
            return  # whether it was done is not known to this client, nor then the version
        accept = self._new("accept", number)
        self._until_done(accept, f"/console/cases/{number}/moves/accept", {"version": "2"}, "done=")

    def _new(self, kind: str, number: str = "") -> Act:
        act = Act(kind, str(UUID(int=self.rng.getrandbits(128), version=4)), number)
        with self.ledger.lock:
            self.ledger.acts.append(act)
        return act

    def _until_done(self, act: Act, path: str, form: dict[str, str], sign: str) -> str:
        """The address of the acknowledgement; empty when it was given up or refused."""
        gives_up = self.rng.random() < 0.1
        while True:
            act.attempts += 1
            status, location, body = self._post(path, form | {"client_key": act.key})
            if status in {302, 303} and sign in location:
                act.acknowledged = True
                return location
            if status in {302, 303} and "/sign" in location:
                self.session = ""
            elif 400 <= status < 500 and status not in {401, 408, 429}:
                act.refused = f"{status} {TAGS.sub(' ', body)[-600:]}"
                return ""
            if gives_up or (self.stopped.is_set() and act.attempts > 40):
                return ""
            time.sleep(0.05 + 0.2 * self.rng.random())

    def _post(self, path: str, form: dict[str, str]) -> tuple[int, str, str]:
        if path.startswith("/console") and not self.session and not self._sign_in():
            return 0, "", ""
        return self._send(path, form)

    def _sign_in(self) -> bool:
        status, _, _ = self._send("/console/sign-in", {"login": LOGIN, "password": PASSWORD})
        return status in {302, 303} and bool(self.session)

    def _send(self, path: str, form: dict[str, str]) -> tuple[int, str, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        cookie = f"huiyin_csrf={CSRF}" + (f"; huiyin_session={self.session}" if self.session else "")
        body = urlencode(form | {"csrfmiddlewaretoken": CSRF})
        try:
            connection.request("POST", path, body, FORM | {"Cookie": cookie})
            answer = connection.getresponse()
            text = answer.read().decode(errors="replace")
        except (OSError, http.client.HTTPException):
            self.ledger.note(0, "", {})
            return 0, "", ""
        finally:
            connection.close()
        self.ledger.note(answer.status, text, answer.headers)
        found = re.search(r"huiyin_session=([^;]+)", ";".join(answer.headers.get_all("Set-Cookie") or []))
        if found:
            self.session = found[1].strip('"')
        return answer.status, answer.headers.get("Location", ""), text


class Load:
    """Some clients at once; leaving the block lets each finish what it is at."""

    def __init__(self, port: int, ledger: Ledger, seed: int, clients: int = 6) -> None:
        self.stopped = threading.Event()
        self.clients = [Client(port, ledger, seed * 100 + number, self.stopped) for number in range(clients)]

    def __enter__(self) -> Self:
        for client in self.clients:
            client.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopped.set()
        for client in self.clients:
            client.join(60)
