"""Says no to machines: `application/problem+json` (RFC 9457) for everything under `/api/`."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

import msgspec
from django.http import HttpRequest, HttpResponse

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words

MEDIA_TYPE = "application/problem+json"
MACHINES = "/api/"
"""Below this address everybody is a machine: no cookie is read, no page is drawn in answer to a fault."""


def is_machine(request: HttpRequest) -> bool:
    """Whether the request is for one of the interfaces."""
    return request.path.startswith(MACHINES)


def choose_language(request: HttpRequest) -> str:
    """`en` when the caller's `Accept-Language` puts English before Chinese, else `zh-hans`."""
    best: dict[str, float] = {"zh": 0.0, "en": 0.0}
    for part in request.headers.get("Accept-Language", "").split(","):
        tag, _, weight = part.partition(";q=")
        key = tag.strip().lower()[:2]
        if key in best:
            best[key] = max(best[key], _read_weight(weight))
    return "en" if best["en"] > best["zh"] else "zh-hans"


def _read_weight(text: str) -> float:
    try:
        return float(text or 1)
    except ValueError:
        return 0.0


def answer_problem(
    request: HttpRequest, status: int, refusal: Refusal, headers: Mapping[str, str] | None = None
) -> HttpResponse:
    """The refusal as a problem: `code` is its key, `rule` what it rests on, `field` the input at fault."""
    language = choose_language(request)
    request_id = getattr(request, "id", "")
    body = {
        "type": f"urn:huiyin:refusal:{refusal.code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": refusal.words.tell(language),
        "code": refusal.code,
        "rule": refusal.rule,
        "field": refusal.field,
        "request_id": request_id,
    }
    told = {"Content-Language": "en" if language == "en" else "zh-CN", **(headers or {})}
    return HttpResponse(msgspec.json.encode(body), status=status, content_type=MEDIA_TYPE, headers=told)


def answer_fault(request: HttpRequest, status: int) -> HttpResponse:
    """A fault that is nobody's refusal: no such address, unreadable, forbidden, our own error."""
    return answer_problem(request, status, FAULTS[status])


FAULTS = {
    400: Refusal("unreadable", Words("收到的内容读不懂。", "What was sent cannot be read.")),
    403: Refusal("forbidden", Words("不能这样做。", "This is not allowed.")),
    404: Refusal(
        "not-found", Words("没有这个地址。见 /api/v1/。", "There is no such address. See /api/v1/.")
    ),
    500: Refusal(
        "our-error",
        Words("系统出错，不是您的请求有误。请带着 request_id 告诉管理员。",
              "The fault is ours. Tell the administrator the request_id."),
    ),
}  # fmt: skip
