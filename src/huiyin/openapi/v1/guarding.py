"""The one way into the interface: a view for each address, made from the operations declared on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.openapi.rates import TOO_MANY, demand_rate, know, seconds_left
from huiyin.openapi.v1.admitting import demand_scope
from huiyin.openapi.v1.contract import Call, Operation, Reply
from huiyin.openapi.v1.reading import demand_acceptable, read_body, read_headers, read_query
from huiyin.pages.api import answer_problem, choose_language, status_of
from huiyin.people.api import EVERYONE

TOKEN = "token"  # noqa: S105  a word of access, as `everyone` is

STATUSES = {
    "unreadable": 400,
    "token-unknown": 401,
    "token-ended": 401,
    "token-revoked": 401,
    "scope-not-held": 403,
    "method-not-allowed": 405,
    "not-acceptable": 406,
    "precondition-failed": 412,
    "media-type": 415,
    "input-shape": 422,
    TOO_MANY: 429,
}
"""The statuses of refusals that this interface itself makes; those of the cases are `status_of` them."""


class Guarded:
    """Answers the operations of one address.

    No cookie is read here, so no form of a foreign page can act, and forms need no token against forgery.
    """

    csrf_exempt = True

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = {operation.method: operation for operation in operations}
        self.access = frozenset(name_access(operation) for operation in operations)
        self.allowed = ", ".join(sorted({*self.operations, *(["HEAD"] if "GET" in self.operations else [])}))

    def __call__(self, request: HttpRequest, **parts: Any) -> HttpResponse:
        """The operation's answer, or a problem; in the language of `Accept-Language`."""
        language = choose_language(request)
        with translation.override(language):
            response = self._answer(request, parts, timezone.now())
        response.headers.setdefault("Content-Language", "en" if language == "en" else "zh-CN")
        response.headers["Cache-Control"] = "private, no-cache"
        patch_vary_headers(response, ("Accept-Language", "Authorization"))
        return response

    def _answer(self, request: HttpRequest, parts: Mapping[str, Any], now: datetime) -> HttpResponse:
        try:
            operation = self._choose(request.method or "")
            return send(operation.run(_admit(request, operation, parts, now)))
        except Refusal as refusal:
            return self._refuse(request, refusal, now)

    def _choose(self, method: str) -> Operation:
        operation = self.operations.get("GET" if method == "HEAD" else method)
        if operation is None:
            raise Refusal("method-not-allowed", _METHOD.fill(allowed=self.allowed))
        return operation

    def _refuse(self, request: HttpRequest, refusal: Refusal, now: datetime) -> HttpResponse:
        status = find_status(refusal)
        headers = {
            401: {"WWW-Authenticate": 'Bearer realm="huiyin"'},
            405: {"Allow": self.allowed},
            429: {"Retry-After": str(seconds_left(now))},
        }
        return answer_problem(request, status, refusal, headers.get(status))


_METHOD = Words("这个地址只接受 {allowed}。", "This address takes {allowed} only.")


def name_access(operation: Operation) -> str:
    """Who may use it, in the words of `view.access`."""
    return f"{TOKEN}:{operation.scope}" if operation.scope else EVERYONE


def _admit(request: HttpRequest, operation: Operation, parts: Mapping[str, Any], now: datetime) -> Call:
    machine = know(request, now)
    demand_rate(machine)
    demand_scope(machine, operation)
    demand_acceptable(request, operation)
    query, headers = read_query(request, operation), read_headers(request, operation)
    body = read_body(request, operation.body) if operation.body else None
    return Call(request, machine, now, parts, query, headers, body)


def find_status(refusal: Refusal) -> int:
    """The status of a refusal. An input that names what is not there is a conflict: the address is right."""
    status = STATUSES.get(refusal.code) or status_of(refusal)
    return 409 if status == 404 and refusal.field else status


def send(reply: Reply) -> HttpResponse:
    """The reply on its way: bytes as they are, anything else as JSON."""
    content = reply.payload if isinstance(reply.payload, bytes) else msgspec.json.encode(reply.payload)
    if reply.status == 304:
        content = b""
    return HttpResponse(content, status=reply.status, content_type=reply.media, headers=dict(reply.headers))
