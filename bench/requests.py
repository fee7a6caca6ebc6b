"""Requests as bytes: the forms of the pages, and the JSON of the API."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from random import Random
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from bench.cast import Cast, Part

_FORGERY = "b" * 32
"""Cookie and field of the protection against forged forms: equal, hence accepted."""

CREATED, SEEN_OTHER = 201, 303


def get(path: str, part: Part | None = None) -> bytes:
    """Ask for a page, as a browser does."""
    return _write("GET", path, {"Cookie": _cookies(part), "Accept-Encoding": "gzip", "Accept": "text/html"})


def post_form(path: str, fields: Mapping[str, str], part: Part | None = None) -> bytes:
    """Send a form, as a browser does."""
    body = urlencode({"csrfmiddlewaretoken": _FORGERY, **fields}).encode()
    headers = {"Cookie": _cookies(part), "Content-Type": "application/x-www-form-urlencoded"}
    return _write("POST", path, headers, body)


def ask_api(path: str, part: Part) -> bytes:
    """Ask the API."""
    return _write("GET", f"/api/v1{path}", {"Authorization": f"Bearer {part.token}"})


def tell_api(path: str, told: Mapping[str, Any], part: Part, key: str = "") -> bytes:
    """Send JSON to the API."""
    headers = {"Authorization": f"Bearer {part.token}", "Content-Type": "application/json"}
    if key:
        headers["Idempotency-Key"] = key
    return _write("POST", f"/api/v1{path}", headers, json.dumps(told, ensure_ascii=False).encode())


def _cookies(part: Part | None) -> str:
    from huiyin.people.sessions import COOKIE

    session = f"; {COOKIE}={part.session}" if part else ""
    return f"huiyin_csrf={_FORGERY}{session}"


def _write(method: str, path: str, headers: Mapping[str, str], body: bytes = b"") -> bytes:
    lines = [
        f"{method} {path} HTTP/1.1",
        "Host: 127.0.0.1",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + body


@cache
def learn_matters() -> tuple[list[Any], list[str]]:
    """What is reported, and from where; asked of the database once, before there are many threads."""
    from huiyin.app.demo.requests.writing import list_matters
    from huiyin.people.api import list_areas

    return list_matters(), [village.name for village in list_areas("village")]


class Words:
    """What people report, made up anew each time."""

    def __init__(self, seed: int) -> None:
        self._rng = Random(seed)
        self._matters, self._villages = learn_matters()

    def write(self) -> tuple[str, str, str, str]:
        """Title, words, name and phone."""
        from huiyin.app.demo.requests.writing import write_matter, write_person

        matter = write_matter(self._rng, self._rng.choice(self._matters), self._rng.choice(self._villages))
        return matter.title, matter.words, *write_person(self._rng)


def report_form(words: Words, cast: Cast) -> dict[str, str]:
    """The form of the citizens' page."""
    title, text, name, phone = words.write()
    return {
        "kind": str(cast.category.path).split("/", 1)[0],
        "words": f"{title}。{text}",
        "township": str(cast.township.pk),
        "where": "村口",
        "identity": "named",
        "name": name,
        "phone": f"138{phone[3:]}",
        "client_key": str(uuid4()),
    }


def case_body(words: Words, cast: Cast) -> dict[str, Any]:
    """The JSON that opens a case."""
    title, text, name, phone = words.write()
    return {
        "process": "hotline",
        "channel": "hotline",
        "title": title,
        "words": text,
        "name": name,
        "phone": f"138{phone[3:]}",
        "category": cast.category.code,
        "area": cast.township.code,
    }
