"""Example requests for the readable page, made from the schemas of the document."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from huiyin.openapi.v1.contract import Operation

WORTH_SHOWING = frozenset({"phone", "category", "inputs"})
"""Fields that may be left out, but that most callers will send."""

_EXAMPLES: dict[str, Any] = {
    "name": "某甲",
    "phone": "10100001234",
    "category": "010101",
    "words": "路灯坏了三天，没有人修。",
    "move": "accept",
    "inputs": {},
    "solved": True,
    "satisfied": 5,
    "channel": "hotline",
    "process": "hotline",
}


def make_sample(schema: Mapping[str, Any]) -> dict[str, Any]:
    """A body that the schema takes: what it requires, and what is worth showing."""
    required = schema.get("required", ())
    shown = [name for name in schema.get("properties", {}) if name in required or name in WORTH_SHOWING]
    return {name: _EXAMPLES[name] for name in shown if name in _EXAMPLES}


def write_curl(operation: Operation, server: str, body: Mapping[str, Any] | None) -> str:
    """The request as a command line."""
    path = operation.path.replace("{number}", "HC26112100042").replace("{file}", "7")
    names = [] if operation.headers is None else list(operation.headers.__struct_encode_fields__)
    query = "?name=photo.jpg" if operation.body and operation.body.shape is None else ""
    lines = [f"curl {_way(operation)}'{server}{path}{query}'"]
    if operation.scope:
        lines.append('  -H "Authorization: Bearer $TOKEN"')
    if "Huiyin-Secret" in names:
        lines.append('  -H "Huiyin-Secret: $SECRET"')
    if "Idempotency-Key" in names:
        lines.append('  -H "Idempotency-Key: $(uuidgen)"')
    if operation.body and operation.body.shape is None:
        lines += ["  -H 'Content-Type: image/jpeg'", "  --data-binary @photo.jpg"]
    elif body is not None:
        lines += ["  -H 'Content-Type: application/json'", f"  -d '{json.dumps(body, ensure_ascii=False)}'"]
    return " \\\n".join(lines)


def _way(operation: Operation) -> str:
    return "" if operation.method == "GET" else f"-X {operation.method} "
