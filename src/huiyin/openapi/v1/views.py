"""The document, for programs, and the page, for the people who write them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from itertools import groupby
from typing import Any

import msgspec
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from huiyin.kernel.words import Words
from huiyin.openapi.v1.contract import GROUPS, Operation
from huiyin.openapi.v1.document import REASONS, list_parameters, list_problems, sample_schema, write_document
from huiyin.openapi.v1.operations import OPERATIONS
from huiyin.openapi.v1.samples import make_sample, write_curl
from huiyin.openapi.v1.seeing import make_tag
from huiyin.pages.api import render
from huiyin.people.api import EVERYONE, SCOPES, open_to

SERVER = "/api/v1"


@lru_cache(maxsize=1)
def make_document() -> dict[str, Any]:
    """The document; it follows from the code alone, so it is written once."""
    return write_document(OPERATIONS, _version(), SERVER)


def _version() -> str:
    try:
        return version("huiyin")
    except PackageNotFoundError:
        return "0"


@open_to(EVERYONE)
@require_safe
def show_document(request: HttpRequest) -> HttpResponse:
    """OpenAPI 3.1."""
    content = msgspec.json.encode(make_document())
    tag = make_tag(content)
    known = request.headers.get("If-None-Match", "").removeprefix("W/") == tag
    response = HttpResponse(b"" if known else content, "application/json", 304 if known else 200)
    response.headers["ETag"] = tag
    patch_cache_control(response, public=True, max_age=300)
    return response


@dataclass(frozen=True, slots=True)
class Input:
    """A parameter, or a field of the body: where it stands, its type in short, what it means."""

    name: str
    where: str
    kind: str
    required: bool
    told: str


@dataclass(frozen=True, slots=True)
class Shown:
    """An operation as the page tells it."""

    operation: Operation
    inputs: list[Input]
    curl: str
    problems: list[tuple[int, Words]]


@open_to(EVERYONE)
@require_safe
def show_page(request: HttpRequest) -> HttpResponse:
    """Every operation with its parameters and an example; how to begin, errors, limits."""
    server = (settings.PUBLIC_ADDRESS or f"{request.scheme}://{request.get_host()}") + SERVER
    shown = [_show(operation, server) for operation in OPERATIONS]
    groups = [
        (key, GROUPS[key], list(found)) for key, found in groupby(shown, key=lambda one: one.operation.group)
    ]
    context = {
        "groups": groups,
        "scopes": SCOPES,
        "server": server,
        "reasons": REASONS,
        "rate_token": settings.API_RATE_TOKEN,
        "rate_address": settings.API_RATE_ADDRESS,
        "document_url": reverse("openapi:document"),
    }
    return render(request, "openapi/page.html", context)


def _show(operation: Operation, server: str) -> Shown:
    inputs = [
        Input(one["name"], one["in"], name_type(one["schema"]), one["required"], one.get("description", ""))
        for one in list_parameters(operation)
    ]
    body = None
    if operation.body and operation.body.shape is not None:
        schema = sample_schema(make_document()["components"]["schemas"], operation.body.shape)
        body, inputs = make_sample(schema), inputs + list_fields(schema)
    problems = [(status, REASONS[status]) for status in list_problems(operation)]
    return Shown(operation, inputs, write_curl(operation, server, body), problems)


def list_fields(schema: dict[str, Any]) -> list[Input]:
    """Every field of a body."""
    required = schema.get("required", ())
    return [
        Input(name, "body", name_type(told), name in required, told.get("description", ""))
        for name, told in schema["properties"].items()
    ]


def name_type(schema: dict[str, Any]) -> str:
    """A short name for a type: `string`, `integer 1–5`, `named | anonymous`, `[string]`."""
    if "enum" in schema:
        return " | ".join(str(value) for value in schema["enum"])
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if schema.get("type") == "array":
        return f"[{name_type(schema['items'])}]"
    told = str(schema.get("format") or schema.get("type") or "")
    if "minimum" in schema and "maximum" in schema:
        return f"{told} {schema['minimum']}–{schema['maximum']}"
    return told
