"""Whatever is sent to whatever address, it is answered, and never by a fault of ours."""

from __future__ import annotations

import traceback
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils import timezone
from tests.house.hostile import VALUES, list_names, make_queries
from tests.house.test_routes import ALL, MACHINES, _address

from huiyin.app.demo.county.loader import PASSWORD, list_demo_accounts
from huiyin.people.api import EVERYONE, SESSION_COOKIE, STAFF, sign_in

FORM = "application/x-www-form-urlencoded"
PAGES = (
    "/",
    "/report",
    "/nowhere",
    "/language/en",
    "/console/",
    "/console/sign-in",
    "/console/cases",
    "/t/HC1/x",
)
HEADERS = {
    "no host": {"Host": "evil.example/[ x"},
    "another host": {"Host": "evil.example:99999"},
    "port of words": {"Host": "127.0.0.1:eighty"},
    "broken referer": {"Referer": "http://[::1/console/"},
    "foreign origin": {"Origin": "http://["},
    "forwarded": {"X-Forwarded-For": "'; --, ::g, 999.1.1.1", "X-Forwarded-Host": "evil.example"},
    "htmx": {"HX-Request": "true", "HX-Current-URL": "http://[", "HX-Target": "\u00ff" * 3000},
    "accepts": {"Accept": "application/json;q=\u00e9, */*;q=x", "Accept-Language": "x" * 5000},
    "cookies": {
        "Cookie": "huiyin_session=\u00ff\u00fe; huiyin_language=../; huiyin_columns=%00.; =; ;;a=b=c"
    },
    "agent": {"User-Agent": "\u00ff" * 10_000, "Content-Length": "x"},
}
PATHS = (
    "/static/..%2f..%2f..%2fetc/passwd",
    "/static/../../settings.py",
    "/static//etc/passwd",
    "/static/%00",
    "/t/%00/%00",
    "/t/HC1/" + "x" * 10_000,
    "/p/..%2f..%2fsecrets",
    "/console/cases/%00",
    "/console/cases/" + "9" * 5000,
    "/console/cases/%ff%fe",
    "/console/cases/..%2f..%2fx",
    "/console/files/" + "9" * 5000,
    "/console/files/" + "9" * 25,
    "/console/processes/%00",
    "/console/ledger/%00",
    "/%ed%a0%80",
    "//evil.example/",
)


def _demand_no_fault(response: Any, label: str) -> None:
    """A 502 may be meant, as when no identity provider is set up: nothing was raised then."""
    if response.status_code == 500 or (response.status_code > 500 and getattr(response, "exc_info", None)):
        pytest.fail(f"{label[:60]}: {response.status_code} {_tell_fault(response)}")


def _tell_fault(response: Any) -> str:
    """Where in our own source it happened, and what."""
    error = (getattr(response, "exc_info", None) or (None, None))[1]
    frames = traceback.extract_tb(error.__traceback__) if error else []
    ours = [f"{frame.filename}:{frame.lineno}" for frame in frames if "huiyin" in frame.filename]
    return f"{error!r:.200} at {' < '.join(reversed(ours[-3:]))}"


def _encode(form: dict[str, str]) -> str:
    return "&".join(
        f"{key}={quote(value.encode('utf-8', 'surrogatepass'), safe='')}" for key, value in form.items()
    )


def _sign_in(role: str) -> Client:
    client = Client(raise_request_exception=False)
    login = next((one.login for one in list_demo_accounts() if one.role == role), None)
    if login:
        client.cookies[SESSION_COOKIE] = sign_in(login, PASSWORD, timezone.now()).token
    return client


def _choose(view: Any) -> Client:
    """Somebody who may use the route."""
    access = getattr(view, "access", frozenset({EVERYONE}))
    named = sorted(access - {EVERYONE, STAFF})
    return _sign_in(named[0] if named else "dispatcher" if STAFF in access else "")


@pytest.fixture
def names(source: Any) -> list[str]:
    """Every name that forms and addresses know."""
    return list_names(source)


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "name", "view"), ALL, ids=[name for _, name, _ in ALL])
def test_no_route_fails_whatever_its_query_or_its_form_says(
    path: str, name: str, view: Any, a_case: str, names: list[str]
) -> None:
    address, queries = _address(path, a_case), make_queries(names)
    for label, query in queries.items():
        _demand_no_fault(_choose(view).generic("GET", address, QUERY_STRING=_encode(query)), label)
    if name in MACHINES or _choose(view).post(address).status_code == 405:
        return
    for label, form in queries.items():
        _demand_no_fault(_choose(view).post(address, _encode(form), content_type=FORM), f"posted {label}")


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["", "dispatcher"])
@pytest.mark.parametrize("label", HEADERS)
def test_no_header_makes_a_page_fail_or_leads_elsewhere(label: str, role: str, county: None) -> None:
    client = _sign_in(role)
    for page in PAGES:
        answers = [
            client.get(page, headers=HEADERS[label]),
            client.post(page, {"x": "y"}, headers=HEADERS[label]),
        ]
        for answer in answers:
            _demand_no_fault(answer, f"{page} {label}")
            assert "evil" not in answer.headers.get("Location", "")


@pytest.mark.django_db
@pytest.mark.parametrize("path", PATHS, ids=lambda path: path[:30])
def test_no_path_leads_out_or_makes_a_page_fail(path: str, county: None) -> None:
    for client in (_sign_in(""), _sign_in("dispatcher")):
        answer = client.generic("GET", "/", PATH_INFO=path)
        _demand_no_fault(answer, path)
        _demand_no_fault(client.get(path), path)
        assert "root:" not in answer.text if not answer.streaming else True


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wanted", ["//evil.example", "/\\evil.example", "https:evil.example", "\t//evil.example", VALUES["lines"]]
)
def test_nobody_is_led_to_another_site_or_given_a_header(wanted: str, county: None) -> None:
    for address in ("/language/en", "/print/large"):
        answer = Client().get(address, {"next": wanted})
        assert answer.headers["Location"] == "/"
        assert "x" not in answer.cookies
    client = Client()
    answer = client.post("/console/sign-in", {"login": "linxiao", "password": PASSWORD, "next": wanted})
    assert answer.status_code in {302, 303}
    assert answer.headers["Location"].startswith("/console")
