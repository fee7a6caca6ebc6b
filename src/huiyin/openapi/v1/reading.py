"""Reads what a request brought into the shapes that its operation declares, or says what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, TypeVar

import msgspec
from django.http import HttpRequest, RawPostDataException

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.openapi.v1.contract import JSON, Body, Operation

T = TypeVar("T")
_AT = re.compile(r" - at `\$\.?(?P<field>[^`]*)`$")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def read_query(request: HttpRequest, operation: Operation) -> Any:
    """The parameters of the address; refused when one is unknown, comes twice or does not fit."""
    shape: Any = operation.query or _Nothing
    given: dict[str, str] = {}
    for name, texts in request.GET.lists():
        if len(texts) > 1:
            words = Words("参数“{name}”出现了多次。", "The parameter “{name}” comes more than once.")
            raise Refusal("input-shape", words.fill(name=name), field=name)
        if _CONTROL.search(texts[0]) or _CONTROL.search(name):
            raise _refuse_parameter(Words("控制字符", "control characters"), name)
        if name in _list_moments(shape) and not _MOMENT.match(texts[0]):
            raise _refuse_parameter(Words("不是时间的内容", "what is no time"), name)
        given[name] = texts[0]
    return _convert(given, shape)


def read_headers(request: HttpRequest, operation: Operation) -> Any:
    """The headers that the operation declares."""
    if operation.headers is None:
        return None
    names = _list_names(operation.headers)  # type: ignore[arg-type]  # a class can be hashed
    given = {name: request.headers[name] for name in names if name in request.headers}
    return _convert(given, operation.headers)


@lru_cache(maxsize=64)
def _list_names(shape: Any) -> tuple[str, ...]:
    return tuple(found.encode_name for found in msgspec.structs.fields(shape))


def read_body(request: HttpRequest, body: Body) -> Any:
    """The JSON in its shape, or the raw bytes; refused when too large, of another type or unreadable."""
    media = request.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if media not in body.media:
        words = Words("请求体的类型应是 {media}。", "The body must be of type {media}.")
        raise Refusal("media-type", words.fill(media=", ".join(body.media)))
    raw = _read_raw(request, body.most)
    return raw if body.shape is None else decode(raw, body.shape)


def _read_raw(request: HttpRequest, most: int) -> bytes:
    length = request.headers.get("Content-Length") or "0"
    if length.isascii() and length.isdigit() and int(length) <= most:
        try:
            raw: bytes = request.read(most + 1)
        except (OSError, RawPostDataException):
            raise _unreadable() from None
        if len(raw) <= most:
            return raw
    words = Words("请求体最大 {most} KB。", "The body may have at most {most} KB.")
    raise Refusal("body-too-large", words.fill(most=most // 1024))


def decode(raw: bytes, shape: type[T]) -> T:
    """JSON of that shape; `unreadable` when it is none, `input-shape` when it is another."""
    try:
        return msgspec.json.decode(raw, type=shape)
    except msgspec.ValidationError as error:
        if "got `float`" in str(error):
            return _decode_whole(raw, shape)
        raise _misshapen(error) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise _unreadable() from None


def _decode_whole(raw: bytes, shape: type[T]) -> T:
    """The same with `2.0` taken for the whole number that it is in JSON."""
    try:
        return msgspec.convert(_make_whole(msgspec.json.decode(raw)), shape)
    except msgspec.ValidationError as error:
        raise _misshapen(error) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise _unreadable() from None


def _make_whole(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _make_whole(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_make_whole(part) for part in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


@lru_cache
def _list_moments(shape: Any) -> frozenset[str]:
    """The fields that are times: a bare number, which `convert` would count from 1970, is none."""
    return frozenset(
        known.encode_name for known in msgspec.structs.fields(shape) if "datetime" in str(known.type)
    )


def _convert(given: Mapping[str, str], shape: Any) -> Any:
    try:
        return msgspec.convert(given, shape, strict=False)
    except msgspec.ValidationError as error:
        raise _misshapen(error) from None


def _refuse_parameter(what: Words, name: str) -> Refusal:
    plain = _CONTROL.sub("", name)
    words = Words("参数“{name}”里有{what}。", "The parameter “{name}” holds {what}.")
    return Refusal("input-shape", words.fill(name=plain, what=what), field=plain)


def _misshapen(error: msgspec.ValidationError) -> Refusal:
    found = _AT.search(str(error))
    what = _AT.sub("", str(error))
    words = Words("收到的内容不合要求：{what}", "What was sent does not fit: {what}").fill(what=what)
    return Refusal("input-shape", words, field=found["field"] if found else "")


def _unreadable() -> Refusal:
    return Refusal("unreadable", Words("请求体不是完整的 JSON。", "The body is no complete JSON."))


class _Nothing(msgspec.Struct, forbid_unknown_fields=True):
    """No parameters."""


def demand_acceptable(request: HttpRequest, operation: Operation) -> None:
    """Refuse a caller that does not take the kind of answer there is."""
    offered = {answer.media for answer in operation.answers.values()}
    if JSON in offered and not any(request.accepts(media) for media in (JSON, "application/problem+json")):
        raise Refusal(
            "not-acceptable", Words("只能回答 application/json。", "The answer can only be application/json.")
        )
