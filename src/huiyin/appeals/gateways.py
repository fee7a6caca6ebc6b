"""The port by which short messages leave, and its two adapters."""

from __future__ import annotations

import http.client
import json
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import SplitResult, urlsplit

from django.conf import settings


class GatewayError(Exception):
    """The message could not be handed over; it is tried again later."""


class Gateway(Protocol):
    """Hands a short message to whoever delivers it."""

    def send(self, to: str, text: str, key: str) -> None:
        """Deliver `text` to the number `to`. `key` lets the far side know a repeat. Raises `GatewayError`."""


class LogGateway:
    """Delivers nothing: the page of messages shows what would have been sent. For demonstrations."""

    def send(self, to: str, text: str, key: str) -> None:
        """The message is in the table already, which the page of messages shows."""


@dataclass(frozen=True, slots=True)
class HttpGateway:
    """Posts `{"to", "text", "key"}` as JSON with a bearer token; any 2xx answer is a delivery.

    Redirects are not followed: the number goes to the address of the setting and to no other.
    """

    address: str
    token: str = field(repr=False)
    timeout_seconds: int = 10

    def send(self, to: str, text: str, key: str) -> None:
        """Hand over by HTTP; refusal, error and silence all raise `GatewayError`, which names no number."""
        body = json.dumps({"to": to, "text": text, "key": key}, ensure_ascii=False).encode()
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "Authorization": f"Bearer {self.token}",
            "Idempotency-Key": key,
        }
        try:
            status = self._post(urlsplit(self.address), body, headers)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise GatewayError(f"{type(error).__name__}: {error}") from error
        if not 200 <= status < 300:
            raise GatewayError(f"the gateway answered {status}")

    def _post(self, address: SplitResult, body: bytes, headers: dict[str, str]) -> int:
        connection = self._connect(address)
        try:
            path = f"{address.path or '/'}{'?' if address.query else ''}{address.query}"
            connection.request("POST", path, body, headers)
            return connection.getresponse().status
        finally:
            connection.close()

    def _connect(self, address: SplitResult) -> http.client.HTTPConnection:
        if address.hostname and address.scheme == "https":
            return http.client.HTTPSConnection(address.hostname, address.port, timeout=self.timeout_seconds)
        if address.hostname and address.scheme == "http":
            return http.client.HTTPConnection(address.hostname, address.port, timeout=self.timeout_seconds)
        raise GatewayError("HUIYIN_SMS_URL must begin with https:// or http:// and name a host")


def choose_gateway() -> Gateway:
    """The HTTP gateway when `HUIYIN_SMS_URL` names one, else the log."""
    address = settings.SMS_GATEWAY_URL
    return HttpGateway(address, settings.SMS_GATEWAY_TOKEN) if address else LogGateway()
