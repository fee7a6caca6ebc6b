"""The paths that are measured: what a connection asks in one turn, through the pages and through the API."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Callable
from uuid import uuid4

from bench.cast import Cast, Part
from bench.loading import Connection, Script
from bench.requests import (
    CREATED,
    SEEN_OTHER,
    Words,
    ask_api,
    case_body,
    get,
    learn_matters,
    post_form,
    report_form,
    tell_api,
)

_RECEIVED = re.compile(rb"/received/([A-Z]+\d+)/")
FOUND = 302
ANSWER = (
    "您好！我们 3 月 5 日到现场核实，破裂的水管当天已更换，供水恢复正常；3 月 9 日再回看一次。"
    "按《供水服务办法》第八条，没有解决好的继续办，请拨打 0999-5301234 找客服科。"
)
"""Good enough for the check of replies, which would show back a shorter one."""


class Paths:
    """Scripts for the load client. `received` are numbers of cases that wait to be accepted."""

    def __init__(self, cast: Cast, received: list[str]) -> None:
        self.cast = cast
        self.received = deque(received)
        self._words: dict[int, Words] = {}
        learn_matters()

    @property
    def api(self) -> bool:
        """Whether this build has the API."""
        return bool(self.cast.intake.token)

    def _of(self, connection: Connection) -> Words:
        if connection.number not in self._words:
            self._words[connection.number] = Words(connection.number)
        return self._words[connection.number]

    def create_by_form(self, connection: Connection) -> str:
        """A citizen reports; the number of the case."""
        fields = report_form(self._of(connection), self.cast)
        head, _ = connection.ask(post_form("/report", fields), SEEN_OTHER)
        found = _RECEIVED.search(head)
        assert found is not None
        return found[1].decode()

    def create_by_api(self, connection: Connection) -> str:
        """Another system opens a case; its number."""
        body = case_body(self._of(connection), self.cast)
        _, told = connection.ask(tell_api("/cases", body, self.cast.intake, str(uuid4())), CREATED)
        return str(json.loads(told)["number"])

    def accept_by_form(self, connection: Connection) -> None:
        """The dispatcher takes a case on."""
        self._move(connection, self.received.popleft(), "accept", 1, self.cast.dispatcher)

    def accept_by_api(self, connection: Connection) -> None:
        """The same through the API."""
        number = self.received.popleft()
        asked = {"move": "accept"}
        connection.ask(tell_api(f"/cases/{number}/moves", asked, self.cast.dispatcher, str(uuid4())))

    def show_list(self, connection: Connection) -> None:
        """The worklist page of a dispatcher, who sees every case: frame, tabs with counts, 50 rows."""
        connection.ask(get("/console/cases?tab=open", self.cast.dispatcher))

    def show_own_list(self, connection: Connection) -> None:
        """The worklist page of a handler, who sees the cases of one unit."""
        connection.ask(get("/console/cases?tab=open", self.cast.handler))

    def list_by_api(self, connection: Connection) -> None:
        """Fifty open cases as JSON."""
        connection.ask(ask_api("/cases?limit=50", self.cast.dispatcher))

    def search(self, words: str) -> Script:
        """The worklist page for words."""
        request = get(f"/console/cases?tab=all&q={_quote(words)}", self.cast.dispatcher)
        return lambda connection: _ignore(connection.ask(request))

    def live_by_form(self, connection: Connection) -> None:
        """A whole lifecycle: reported, dispatched, signed for, answered, approved, found by its number."""
        number, cast = self.create_by_form(connection), self.cast
        lead = {"category": str(cast.category.pk), "lead": str(cast.unit.pk), "grade": "ordinary"}
        self._move(connection, number, "dispatch", 1, cast.dispatcher, lead)
        self._move(connection, number, "sign", 2, cast.handler)
        self._move(connection, number, "answer", 3, cast.handler, {"reply": ANSWER})
        self._move(connection, number, "close", 4, cast.head)
        connection.ask(get(f"/console/cases?q={number}", cast.dispatcher), FOUND)

    def live_by_api(self, connection: Connection) -> None:
        """The same through the API; found by a search for the number."""
        number, cast = self.create_by_api(connection), self.cast
        moves: list[tuple[str, dict[str, str], Part]] = [
            ("dispatch", {"category": cast.category.code, "lead": cast.unit.key}, cast.dispatcher),
            ("sign", {}, cast.handler),
            ("answer", {"reply": ANSWER}, cast.handler),
            ("close", {}, cast.head),
        ]
        for move, inputs, part in moves:
            asked = {"move": move, "inputs": inputs}
            connection.ask(tell_api(f"/cases/{number}/moves", asked, part, str(uuid4())))
        _, told = connection.ask(ask_api(f"/cases?q={number}&state=all", cast.dispatcher))
        assert number.encode() in told

    def _move(
        self,
        connection: Connection,
        number: str,
        move: str,
        version: int,
        part: Part,
        fields: dict[str, str] | None = None,
    ) -> None:
        sent = {"client_key": str(uuid4()), "version": str(version), **(fields or {})}
        connection.ask(post_form(f"/console/cases/{number}/moves/{move}", sent, part), FOUND)


def _quote(words: str) -> str:
    from urllib.parse import quote

    return quote(words)


def _ignore(_answer: object) -> None:
    """A script answers nothing."""


def warm(script: Script, connection: Connection, turns: int = 5) -> None:
    """Let caches and plans settle before the clock runs."""
    for _ in range(turns):
        script(connection)


Named = tuple[str, str, Callable[..., object]]
