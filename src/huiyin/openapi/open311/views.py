"""The six methods of GeoReport v2, and the discovery of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from huiyin.appeals.api import report
from huiyin.cases.api import PERSON
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.openapi.open311.asking import read_text, read_wanted
from huiyin.openapi.open311.document import make_document
from huiyin.openapi.open311.faults import Fault, unknown
from huiyin.openapi.open311.records import get_number_of, get_request, list_requests
from huiyin.openapi.open311.reporting import demand_key, make_appeal
from huiyin.openapi.open311.services import define_service, list_services, tell
from huiyin.openapi.open311.writing import TYPES, answer, answer_fault, form_of
from huiyin.openapi.rates import TOO_MANY, demand_rate, know, seconds_left
from huiyin.people.api import EVERYONE, open_to

SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
CHANGED = "2026-11-26T00:00:00+08:00"
"""When these addresses last changed, as the discovery must tell."""

_REQUESTS = ("service_requests", "request")
_UNREADABLE = (SuspiciousOperation, MultiPartParserError, UnreadablePostError, UnicodeError)

Answering = Callable[..., HttpResponse]


def speaks(*methods: str) -> Callable[[Answering], Callable[..., HttpResponseBase]]:
    """A method of the interface for everybody: by these HTTP methods, refusing in the spec's own form."""

    def dress(view: Answering) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def spoken(request: HttpRequest, **parts: str) -> HttpResponse:
            form = parts.setdefault("form", form_of(request))
            if request.method not in methods:
                words = Words("这个地址不用这种方法。", "This address is not used by that method.")
                return answer_fault(form, Fault(405, words), {"Allow": ", ".join(methods)})
            now = timezone.now()
            try:
                demand_rate(know(request, now))
                return view(request, **parts)
            except Fault as fault:
                return answer_fault(form, fault)
            except Refusal as refusal:
                if refusal.code == TOO_MANY:
                    wait = {"Retry-After": str(seconds_left(now))}
                    return answer_fault(form, Fault(429, refusal.words), wait)
                return answer_fault(form, Fault(400, refusal.words))
            except _UNREADABLE:
                words = Words("收到的内容读不出来，或者太大。", "What was sent is too large or not readable.")
                return answer_fault(form, Fault(400, words))

        # No cookie is looked at, so there is nothing that a foreign form could misuse.
        return csrf_exempt(open_to(EVERYONE)(cast("Answering", spoken)))

    return dress


@speaks("GET", "HEAD")
def discover(request: HttpRequest, form: str) -> HttpResponse:
    """Where the interface is, and what it speaks."""
    endpoint = {
        "specification": SPECIFICATION,
        "url": f"{_address_of(request)}/open311/v2",
        "changeset": CHANGED,
        "type": "production",
        "formats": ["text/xml", "application/json"],
    }
    told = {
        "changeset": CHANGED,
        "contact": tell(settings.COUNTY) + " 12345",
        "key_service": tell(_KEYS if settings.OPEN311_KEYS else _NO_KEYS),
        "endpoints": [endpoint],
    }
    return answer(form, told, ("discovery",))


def _address_of(request: HttpRequest) -> str:
    return settings.PUBLIC_ADDRESS or f"{request.scheme}://{request.get_host()}"


@speaks("GET", "HEAD")
def show_services(_request: HttpRequest, form: str) -> HttpResponse:
    """What can be reported."""
    return answer(form, list_services(), ("services", "service"))


@speaks("GET", "HEAD")
def show_definition(_request: HttpRequest, form: str, code: str) -> HttpResponse:
    """What may be told with a request of one service."""
    return answer(form, define_service(_find_key(code, "service_code")), ("service_definition",))


@speaks("GET", "HEAD", "POST")
def handle_requests(request: HttpRequest, form: str) -> HttpResponse:
    """The list of requests, or a new one."""
    if request.method == "POST":
        return _take(request, form)
    return answer(form, list_requests(read_wanted(request.GET, timezone.now())), _REQUESTS)


def _take(request: HttpRequest, form: str) -> HttpResponse:
    posted = request.POST
    demand_key(read_text(posted, "api_key", 200) or clean(request.GET.get("api_key", "")))
    reported = report(make_appeal(posted, timezone.now()), PERSON)
    link = _address_of(request) + reverse("portal:track", args=(reported.number, reported.secret))
    told = {
        "service_request_id": reported.number,
        "service_notice": tell(_TAKEN.fill(link=link)),
        "account_id": None,
    }
    return answer(form, [told], _REQUESTS, 201)


@speaks("GET", "HEAD")
def show_request(_request: HttpRequest, form: str, number: str) -> HttpResponse:
    """One request."""
    return answer(form, [get_request(_find_key(number, "service_request_id"))], _REQUESTS)


@speaks("GET", "HEAD")
def show_token(_request: HttpRequest, form: str, token: str) -> HttpResponse:
    """The number of the request that a token stands for: the secret of the person's own link."""
    told: Mapping[str, Any] = {
        "service_request_id": get_number_of(_find_key(token, "token")),
        "token": clean(token),
    }
    return answer(form, [told], _REQUESTS)


@speaks("GET", "HEAD")
def show_document(_request: HttpRequest, form: str) -> HttpResponse:
    """The interface as an OpenAPI document, with the services that there are now."""
    document = make_document([service["service_code"] for service in list_services()])
    return answer(form if form in TYPES else "json", document, ("openapi",))


@speaks("GET", "HEAD")
def refuse_unknown(_request: HttpRequest, form: str, rest: str) -> HttpResponse:
    """404 in the spec's form for every other address."""
    del form, rest
    raise Fault(404, Words("没有这个地址。", "There is nothing at this address."))


def _find_key(text: str, name: str) -> str:
    """The text of an address, unless no id can look like it."""
    if text != clean(text) or len(text) > 200:
        raise unknown(name)
    return text


_KEYS = Words(
    "提交诉求要用 api_key，请向 12345 中心索取。", "Reporting needs an api_key; ask the 12345 centre."
)
_NO_KEYS = Words("不需要 api_key。", "No api_key is needed.")
_TAKEN = Words("已收到。办理进展和评价：{link}", "Received. Follow and rate it: {link}")
