"""Speaks GeoReport v2 to a peer, in JSON or XML."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from huiyin.exchange.networks import Network
from huiyin.exchange.reaching import Answer, reach
from huiyin.kernel.texts import clean

FORMS = ("json", "xml")
MOST = 256 * 1024
Row = dict[str, str]


class PeerRefused(Exception):
    """The peer said no, and why; asking again would be answered the same."""


class PeerBusy(Exception):
    """The peer says that it cannot now; it may be asked again."""


class PeerUnclear(Exception):
    """The peer answered something that tells neither a number nor a refusal."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a peer is, and how it wants to be spoken to."""

    address: str
    form: str
    jurisdiction: str
    api_key: str
    allowed: tuple[Network, ...]

    def post(self, fields: Mapping[str, str]) -> Row:
        """Post a request; the row that the peer answers: `service_request_id` or `token`.

        Raises `PeerRefused`, `PeerBusy`, `PeerUnclear`, and what `reach` raises.
        """
        own = {"api_key": self.api_key, "jurisdiction_id": self.jurisdiction}
        body = urlencode({key: text for key, text in {**own, **fields}.items() if text}).encode()
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        row = self._read(self._reach("POST", f"requests.{self.form}", body, headers))
        if not row.get("service_request_id") and not row.get("token"):
            raise PeerUnclear("no service_request_id and no token")
        return row

    def find_number(self, token: str) -> str:
        """The number that the peer gave to the request of a token; empty while it has none."""
        return self._get(f"tokens/{quote(token, safe='')}").get("service_request_id", "")

    def find_request(self, number: str) -> Row:
        """What the peer tells of a request: `status`, `status_notes`, …"""
        return self._get(f"requests/{quote(number, safe='')}")

    def _get(self, path: str) -> Row:
        query = urlencode({"jurisdiction_id": self.jurisdiction}) if self.jurisdiction else ""
        return self._read(self._reach("GET", f"{path}.{self.form}{'?' if query else ''}{query}", None, {}))

    def _reach(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> Answer:
        return reach(method, f"{self.address.rstrip('/')}/{path}", body, headers, self.allowed, most=MOST)

    def _read(self, answer: Answer) -> Row:
        if answer.status in {429, 503}:
            raise PeerBusy(f"HTTP {answer.status}")
        try:
            row = _read_json(answer.body) if self.form == "json" else _read_xml(answer.body)
        except (ValueError, ParseError, DefusedXmlException, RecursionError):
            row = {}
        if 400 <= answer.status < 500:
            raise PeerRefused(f"HTTP {answer.status} {row.get('description', '')}"[:300])
        if not 200 <= answer.status < 300:
            raise PeerUnclear(f"HTTP {answer.status}")
        return row


def _read_json(body: bytes) -> Row:
    value: Any = json.loads(body)
    first = value[0] if isinstance(value, list) and value else value
    return _plain(first) if isinstance(first, dict) else {}


def _read_xml(body: bytes) -> Row:
    root = fromstring(body)
    first = next(iter(root), root)
    return _plain({str(part.tag): part.text for part in first})


def _plain(row: Mapping[str, Any]) -> Row:
    """Short texts without control characters, whatever the peer sent."""
    return {
        key: clean(str(value))[:500]
        for key, value in row.items()
        if isinstance(value, str | int | float) and not isinstance(value, bool)
    }
