"""One line a request and a job, tied by an id, without anything a person said or a secret address."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import re

import pytest
from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import ResolverMatch

from huiyin.app.logs.context import choose_request_id
from huiyin.app.logs.formatting import JsonLines, PlainLines, Wanted
from huiyin.app.logs.settings import choose_form
from huiyin.app.watching import WatchRequests
from huiyin.app.worker import name_job

SECRET = "a1B2c3D4e5F6g7H8i9J0kL"


@pytest.fixture
def lines():
    """What the whole process logs, as the product would write it."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(JsonLines())
    handler.addFilter(Wanted())
    root = logging.getLogger()
    root.addHandler(handler)
    yield lambda: [json.loads(line) for line in out.getvalue().splitlines()]
    root.removeHandler(handler)


@pytest.mark.django_db
def test_a_request_is_one_line_with_its_route_and_its_id(lines):
    answer = Client().get("/?words=张三丰")
    (line,) = lines()
    assert line["logger"] == "huiyin.requests"
    assert (line["method"], line["route"], line["status"]) == ("GET", "/", 200)
    assert line["request"] == answer.headers["X-Request-Id"]
    assert line["ms"] > 0
    assert line["statements"] >= 1
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+\+00:00", line["time"])
    assert "张三丰" not in json.dumps(line, ensure_ascii=False)


@pytest.mark.django_db
def test_a_secret_address_and_a_form_are_in_no_line(lines):
    Client().post(
        f"/t/HC26112100042/{SECRET}/words", {"words": "我的电话 13800001111", "phone": "13800001111"}
    )
    Client().get(f"/t/HC26112100042/{SECRET}")
    Client(enforce_csrf_checks=True).post("/report", {"phone": "13800001111"})
    told = json.dumps(lines(), ensure_ascii=False)
    assert "<secret:secret>" in told
    assert SECRET not in told
    assert "13800001111" not in told


@pytest.mark.django_db
def test_who_is_signed_in_is_a_number(lines, people_in_hand):
    people_in_hand.get("/console/")
    assert [type(line["account"]) for line in lines() if "account" in line] == [int]


@pytest.fixture
def people_in_hand(county):
    from django.utils import timezone

    from huiyin.app.demo.county.loader import PASSWORD, list_demo_accounts
    from huiyin.people.api import SESSION_COOKIE, sign_in

    client = Client()
    client.cookies[SESSION_COOKIE] = sign_in(list_demo_accounts()[0].login, PASSWORD, timezone.now()).token
    return client


def test_good_answers_to_machines_are_not_told(lines):
    Client().get("/health")
    assert lines() == []


@pytest.mark.parametrize("given", ["proxy-id.0001", "a" * 64])
def test_the_id_of_a_proxy_is_kept(given):
    assert Client().get("/health", headers={"x-request-id": given}).headers["X-Request-Id"] == given


@pytest.mark.parametrize(
    "given", ["short", "a" * 65, "two words here", "x\nSet-Cookie: a", "张三张三张三张三", ""]
)
def test_anything_else_gets_an_id_of_our_own(given):
    assert choose_request_id(given) != given
    assert len(choose_request_id(given)) == 16


def failing(request):
    request.resolver_match = ResolverMatch(failing, (), {}, "failing", route="fail/<str:secret>")
    logging.getLogger("huiyin.trial").error("inside")
    return HttpResponse(status=500)


@pytest.mark.django_db
def test_every_line_within_a_request_names_it(lines):
    request = RequestFactory().get("/fail/x", headers={"x-request-id": "abcdefgh12"})
    WatchRequests(failing)(request)
    logging.getLogger("huiyin.trial").error("outside")
    inside, access, outside = lines()
    assert inside["request"] == access["request"] == "abcdefgh12"
    assert access["route"] == "/fail/<str:secret>"
    assert "request" not in outside


@pytest.mark.django_db
def test_an_error_tells_its_kind_and_place_and_not_its_text(lines):
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 'zhang san'::int")
    except DatabaseError:
        logging.getLogger("huiyin.trial").exception("it failed")
    (line,) = lines()
    assert line["error"] == "DataError"
    assert line["sqlstate"] == "22P02"
    assert any("test_logs.py" in frame for frame in line["stack"])
    assert "zhang" not in json.dumps(line)


def test_other_peoples_code_tells_the_form_of_its_message_alone(lines):
    logging.getLogger("urllib3.connectionpool").warning("Retrying %r", "/send?phone=13800001111")
    (line,) = lines()
    assert line["message"] == "Retrying %r"


def test_a_job_is_told_by_name_and_number_and_not_by_what_it_was_given(lines):
    job = {"task_name": "hear-move", "id": 7, "task_kwargs": {"body": {"words": "张三丰"}}}
    log = logging.getLogger("procrastinate.worker")
    log.warning("Job hear-move[7](words='张三丰') failed", extra={"action": "job_error", "job": job})
    log.info("Starting job hear-move[7](words='张三丰')", extra={"action": "start_job", "job": job})
    (line,) = lines()
    assert (line["job"], line["message"]) == ("hear-move 7", "job_error")
    assert "张三丰" not in json.dumps(line, ensure_ascii=False)


def test_lines_within_a_job_name_it(lines):
    class Context:
        class job:  # noqa: N801
            task_name, id = "hear-move", 7

    async def work():
        logging.getLogger("huiyin.trial").error("inside")
        return "done"

    assert asyncio.run(name_job(work, Context(), None)) == "done"
    logging.getLogger("huiyin.trial").error("outside")
    inside, outside = lines()
    assert inside["job"] == "hear-move 7"
    assert "job" not in outside


def test_a_terminal_gets_lines_and_everything_else_json(monkeypatch):
    monkeypatch.setattr("sys.stderr", io.StringIO())
    assert choose_form("") == "json"
    assert choose_form("line") == "line"
    record = logging.LogRecord("huiyin.x", logging.INFO, "", 0, "said %s", ("so",), None)
    assert PlainLines().format(record).endswith("INFO huiyin.x said so")


@pytest.mark.parametrize(
    ("words", "told"), [("Configuration allows spawning up to 84 threads", False), ("worker died", True)]
)
def test_the_web_server_does_not_warn_of_the_threads_that_we_want(words, told):
    record = logging.LogRecord("_granian", logging.WARNING, "", 0, words, (), None)
    assert Wanted().filter(record) is told
