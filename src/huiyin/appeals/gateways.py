"""The port by which short messages leave, and its two adapters."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Protocol

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
    """Posts `{"to", "text", "key"}` as JSON to an address, with a bearer token; any 2xx answer is a delivery."""

    address: str
    token: str
    timeout_seconds: int = 10

    def send(self, to: str, text: str, key: str) -> None:
        """Hand over by HTTP; a refusal, an error and silence all raise `GatewayError`."""
        body = json.dumps({"to": to, "text": text, "key": key}, ensure_ascii=False).encode()
        headers = {
            "Content-Type": "application/json",
            "Authorization": f"Bearer {self.token}",
            "Idempotency-Key": key,
        }
        request = urllib.request.Request(self.address, data=body, headers=headers, method="POST")  # noqa: S310 — the scheme is checked where the gateway is chosen
        try:
            with urllib.request.urlopen(request, timeout=self.timeout_seconds):  # noqa: S310 — as above
                return
        except (urllib.error.URLError, TimeoutError, OSError) as error:
            raise GatewayError(str(error)) from error


def choose_gateway() -> Gateway:
    """The HTTP gateway when `HUIYIN_SMS_URL` names one, else the log."""
    address = settings.SMS_GATEWAY_URL
    if not address:
        return LogGateway()
    if not address.startswith(("https://", "http://")):
        raise GatewayError("HUIYIN_SMS_URL must begin with https:// or http://")
    return HttpGateway(address, settings.SMS_GATEWAY_TOKEN)
