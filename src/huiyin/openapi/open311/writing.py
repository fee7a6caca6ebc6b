"""Writes an answer as JSON or XML, as the spec lays both out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from huiyin.openapi.open311.faults import Fault

TYPES = {"json": "application/json; charset=utf-8", "xml": "text/xml; charset=utf-8"}
"""Format in the address → content type."""

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Signs that no XML 1.0 document may hold, escaped or not."""

Value = str | int | bool | None | Mapping[str, Any] | Sequence[Any]


def answer(
    form: str,
    value: Value,
    tags: tuple[str, ...],
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """`value` in the format `form`. `tags` name the XML elements: the root, then the members of lists inside.

    Anybody's page may read what is public (CORS): no cookie is looked at here.
    """
    body = msgspec.json.encode(value) if form == "json" else write_xml(value, tags).encode()
    response = HttpResponse(body, status=status, content_type=TYPES[form])
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Cache-Control"] = "no-cache"
    for name, text in (headers or {}).items():
        response.headers[name] = text
    return response


def answer_fault(form: str, fault: Fault, headers: Mapping[str, str] | None = None) -> HttpResponse:
    """The fault as the spec's list of one error."""
    told = fault.words.tell(get_language() or "zh")
    value = [{"code": fault.status, "description": told}]
    return answer(form, value, ("errors", "error"), fault.status, headers)


def write_xml(value: Value, tags: tuple[str, ...]) -> str:
    """A document whose root is the first of `tags`; the members of lists take the others, level by level."""
    return f'<?xml version="1.0" encoding="utf-8"?>\n{_element(tags[0], value, tags[1:])}'


def _element(tag: str, value: Value, inner: tuple[str, ...]) -> str:
    if isinstance(value, Mapping):
        content = "".join(_element(key, part, _inner_of(key, inner)) for key, part in value.items())
    elif isinstance(value, Sequence) and not isinstance(value, str):
        name = inner[0] if inner else "item"
        content = "".join(_element(name, part, inner[1:]) for part in value)
    else:
        content = escape(_NOT_XML.sub("", _write(value)))
    return f"<{tag}>{content}</{tag}>" if content else f"<{tag}/>"


def _inner_of(key: str, inner: tuple[str, ...]) -> tuple[str, ...]:
    """Lists are named in the plural: `attributes` hold `attribute`, whatever their depth."""
    return (key.removesuffix("s"), *inner) if key.endswith("s") else inner


def _write(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def form_of(request: HttpRequest) -> str:
    """The format that the address ends with; JSON where it names none."""
    return "xml" if request.path.endswith(".xml") else "json"
