"""No secret in a log: requests of every kind are made, everything is logged, and the lines are read."""

from __future__ import annotations

import logging
import logging.config
from collections.abc import Iterator
from io import StringIO

import pytest
from django.conf import settings as product
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path
from django.utils import timezone

from huiyin.app.demo.county.loader import PASSWORD
from huiyin.app.running.command import make_web
from huiyin.appeals.api import NewAppeal, report
from huiyin.cases.api import PERSON
from huiyin.people.api import EVERYONE, SESSION_COOKIE, Identity, open_to, sign_in

PHONE, NAME, ID_NUMBER, WRONG = "13900002716", "欧阳秀兰", "11010519491231002X", "WrongPass-4711"


@open_to(EVERYONE)
def fail(request: HttpRequest) -> HttpResponse:
    """Breaks while it holds an identity."""
    identity = Identity(NAME, PHONE, ID_NUMBER, "禾川大道 1 号")
    raise RuntimeError(f"cannot go on with {identity}")


urlpatterns = [path("fail", fail), path("", include("huiyin.app.urls"))]


@pytest.fixture
def lines() -> Iterator[StringIO]:
    """What the product's own handlers write, every logger at DEBUG; the database's statements aside."""
    logging.config.dictConfig(product.LOGGING)
    written = StringIO()
    root = logging.getLogger()
    # pytest listens at the root too: only the handlers of the product are looked at.
    handlers = [
        handler
        for logger in (root, *map(logging.getLogger, product.LOGGING.get("loggers", {})))
        for handler in logger.handlers
        if handler.name in product.LOGGING["handlers"]
    ]
    assert handlers
    for handler in handlers:
        handler.setStream(written)
        handler.setLevel(logging.DEBUG)
    levels = {name: logging.getLogger(name).level for name in ("", "django", "huiyin", "procrastinate")}
    for name in levels:
        logging.getLogger(name).setLevel(logging.DEBUG)
    logging.getLogger("django.db.backends").setLevel(logging.INFO)
    yield written
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)
    logging.config.dictConfig(product.LOGGING)


@pytest.mark.urls(__name__)
def test_no_password_token_secret_phone_or_name_is_logged(county: None, lines: StringIO) -> None:
    client = Client(raise_request_exception=False)
    client.post("/console/sign-in", {"login": "hemin", "password": WRONG})
    token = sign_in("hemin", PASSWORD, timezone.now()).token
    client.post("/report", {"words": "水管坏了", "phone": PHONE, "name": NAME, "identity": "named"})
    new = NewAppeal(
        process="hotline", channel="portal", words="停水", opened_at=timezone.now(), name=NAME, phone=PHONE
    )
    mine = report(new, PERSON)
    for address in ("", "/files/999", "/moves/no-such-move"):
        client.get(f"/t/{mine.number}/{mine.secret}{address}")
        client.post(f"/t/{mine.number}/{mine.secret}{address}")
    client.get(f"/received/{mine.number}/{mine.secret}x")
    client.cookies[SESSION_COOKIE] = token
    client.get(f"/console/cases?tab=all&q={PHONE}")
    client.post(f"/console/cases/{mine.number}/reveal", {"reason": "核实情况需要"})
    client.get("/console/cases/nowhere")
    assert client.get("/fail").status_code == 500
    assert client.post("/fail", {"password": WRONG, "phone": PHONE}).status_code == 500
    logging.getLogger("huiyin.tests").warning("asked %s", f"/t/{mine.number}", extra={})
    told = lines.getvalue()
    assert "huiyin.tests" in told
    for secret in (WRONG, PASSWORD, token, mine.secret, PHONE, NAME, ID_NUMBER):
        assert secret not in told


def test_the_web_server_keeps_no_log_of_addresses() -> None:
    arguments = list(make_web("127.0.0.1", 8000, 1).arguments)
    assert "--no-access-log" in arguments
    assert "--access-log" not in arguments


def test_an_identity_shows_nothing_of_itself() -> None:
    assert repr(Identity(NAME, PHONE, ID_NUMBER, "禾川大道")) == "Identity()"
