"""Writes the OpenAPI 3.1 document from the operations themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from huiyin.kernel.words import Words
from huiyin.openapi.v1.contract import GROUPS, JSON, Answer, Operation
from huiyin.openapi.v1.shapes import Problem
from huiyin.people.api import SCOPES

REF = "#/components/schemas/{name}"
PROBLEM = "application/problem+json"
PARTS: dict[str, Any] = {
    "number": {"type": "string", "pattern": "^[A-Z]{1,6}[0-9]{7,20}$"},
    "file": {"type": "integer", "minimum": 1},
}
"""The schemas of the parts of addresses."""

REASONS: dict[int, Words] = {
    400: Words("读不懂", "Cannot be read"),
    401: Words("没有令牌，或令牌无效", "No token, or none that is good"),
    403: Words("令牌或岗位不允许", "The token or its posts do not allow it"),
    404: Words("没有，或无权查看", "There is none, or it may not be seen"),
    406: Words("不能按 Accept 回答", "Cannot be answered as Accept asks"),
    409: Words("规则不允许：见 code 和 rule", "A rule forbids it: see code and rule"),
    412: Words("读过以后别人办过了", "Somebody moved it since it was read"),
    413: Words("太大", "Too large"),
    415: Words("类型不收", "Of a type that is not taken"),
    422: Words("内容不合要求：见 field", "Does not fit: see field"),
    429: Words("太频繁：按 Retry-After 再试", "Too often: wait as Retry-After says"),
}


def list_problems(operation: Operation) -> list[int]:
    """Every status with which the operation says no."""
    found = {406, 422, 429, *operation.problems}
    if operation.scope:
        found |= {401, 403}
    if operation.body:
        found |= {400, 403, 413, 415}
    return sorted(found)


def write_document(operations: Iterable[Operation], version: str, server: str) -> dict[str, Any]:
    """The document as plain values, ready to be JSON."""
    known = list(operations)
    paths: dict[str, dict[str, Any]] = {}
    for operation in known:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _describe(operation)
    told = Words("回音 Huiyin：一件件诉求，件件有回音。", "Every matter a county hears gets its answer.")
    return {
        "openapi": "3.1.0",
        "info": {"title": "Huiyin 回音 API", "version": version, "description": _both(told)},
        "servers": [{"url": server}],
        "tags": [{"name": key, "description": _both(words)} for key, words in GROUPS.items()],
        "paths": paths,
        "components": {
            "schemas": _list_schemas(known),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer", "description": _scopes()}},
        },
    }


def _scopes() -> str:
    return "\n".join(f"- `{scope}`: {_both(words)}" for scope, words in SCOPES.items())


def _both(words: Words) -> str:
    return f"{words.zh} {words.en}".strip()


def _shapes(operations: Iterable[Operation]) -> list[Any]:
    shapes: list[Any] = [Problem]
    for operation in operations:
        shapes += [answer.shape for answer in operation.answers.values() if answer.shape is not None]
        if operation.body and operation.body.shape is not None:
            shapes.append(operation.body.shape)
    return list(dict.fromkeys(shapes))


def _list_schemas(operations: Iterable[Operation]) -> dict[str, Any]:
    _, components = msgspec.json.schema_components(_shapes(operations), ref_template=REF)
    return dict(sorted(components.items()))


def _describe(operation: Operation) -> dict[str, Any]:
    told: dict[str, Any] = {
        "operationId": operation.key,
        "tags": [operation.group],
        "summary": _both(operation.title),
        "description": _both(operation.told),
        "parameters": list_parameters(operation),
        "responses": _describe_answers(operation),
        "security": [{"token": []}] if operation.scope else [],
    }
    if operation.scope:
        told["x-scope"] = operation.scope
    if operation.body:
        told["requestBody"] = {
            "required": True,
            "content": {
                media: {"schema": _schema_of(operation.body.shape)} for media in operation.body.media
            },
        }
    return told


def _schema_of(shape: Any) -> dict[str, Any]:
    if shape is None:
        return {"type": "string", "format": "binary"}
    (schema,), _ = msgspec.json.schema_components([shape], ref_template=REF)
    return schema


def list_parameters(operation: Operation) -> list[dict[str, Any]]:
    """The parts of the address, the query and the headers, each with its schema."""
    parts = [
        {"name": name, "in": "path", "required": True, "schema": PARTS[name]}
        for name in re.findall(r"\{(\w+)\}", operation.path)
    ]
    return [*parts, *_list_fields(operation.query, "query"), *_list_fields(operation.headers, "header")]


def _list_fields(shape: Any, where: str) -> list[dict[str, Any]]:
    if shape is None:
        return []
    _, components = msgspec.json.schema_components([shape], ref_template=REF)
    told = components[shape.__name__]
    found = []
    for name, schema in told["properties"].items():
        plain = dict(schema)
        description = plain.pop("description", "")
        parameter = {"name": name, "in": where, "required": name in told.get("required", ()), "schema": plain}
        found.append(parameter | ({"description": description} if description else {}))
    return found


def _describe_answers(operation: Operation) -> dict[str, Any]:
    answers = {
        str(status): _describe_answer(operation, answer, status)
        for status, answer in operation.answers.items()
    }
    for status in list_problems(operation):
        answers[str(status)] = {
            "description": _both(REASONS[status]),
            "content": {PROBLEM: {"schema": {"$ref": REF.format(name="Problem")}}},
            **_headers_of_problem(status),
        }
    return answers


def _headers_of_problem(status: int) -> dict[str, Any]:
    if status == 429:
        return {"headers": {"Retry-After": {"required": True, "schema": {"type": "integer", "minimum": 1}}}}
    if status == 401:
        return {"headers": {"WWW-Authenticate": {"required": True, "schema": {"type": "string"}}}}
    return {}


def _describe_answer(operation: Operation, answer: Answer, status: int) -> dict[str, Any]:
    told: dict[str, Any] = {"description": _both(answer.told)}
    if answer.shape is not None or answer.media != JSON:
        told["content"] = {answer.media: {"schema": _schema_of(answer.shape)}}
    if answer.headers:
        told["headers"] = {
            name: {"description": _both(words), "required": True, "schema": {"type": "string"}}
            for name, words in answer.headers.items()
        }
    if operation.links and status < 300:
        told["links"] = {
            key: {"operationId": key, "parameters": dict(given)} for key, given in operation.links.items()
        }
    return told


def sample_schema(schemas: Mapping[str, Any], shape: Any) -> dict[str, Any]:
    """The schema of a shape with its reference followed, for the readable page."""
    schema = _schema_of(shape)
    found: dict[str, Any] = schemas.get(schema.get("$ref", "").rpartition("/")[2], schema)
    return found
