"""Short messages: each event is told once, in the person's language, and no number shows anywhere."""

from __future__ import annotations

import json
import logging
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from huiyin.appeals import jobs, messages
from huiyin.appeals.api import Message, NewAppeal, list_messages, report, retry_message
from huiyin.appeals.gateways import GatewayError, HttpGateway, LogGateway, choose_gateway
from huiyin.cases.api import PERSON, SYSTEM
from huiyin.journal.models import Outbox

PHONE = "13900001234"


@pytest.fixture
def number(desk):
    new = NewAppeal("hotline", "portal", "三号楼停水两天了", desk.now, name="张三", phone=PHONE)
    return report(new, SYSTEM).number


def last_event(number):
    return Outbox.objects.filter(event="case-moved", body__number=number).latest("id").body


@pytest.fixture
def message(desk, number):
    desk.move(number, "accept", "linxiao")
    return messages.write_message(last_event(number), desk.now)


class Gatekeeper(BaseHTTPRequestHandler):
    """A real gateway on this machine: it answers what it is told to, and keeps what it got."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((self.path, dict(self.headers), json.loads(body)))
        status = self.server.statuses.pop(0) if self.server.statuses else 200
        if status == 0:
            self.wfile.write(b"nonsense\r\n\r\n")
            return
        self.send_response(status)
        self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args):
        """Not a word."""


@pytest.fixture
def server():
    serving = ThreadingHTTPServer(("127.0.0.1", 0), Gatekeeper)
    serving.got, serving.statuses = [], []
    serving.address = f"http://127.0.0.1:{serving.server_port}/sms?v=1"
    thread = Thread(target=serving.serve_forever, daemon=True)
    thread.start()
    yield serving
    serving.shutdown()
    serving.server_close()
    thread.join()


def test_a_move_that_tells_makes_one_message(desk, number, message):
    found = Message.objects.get(pk=message)
    assert found.text == f"您反映的“三号楼停水两天了”已受理，编号 {number}。"
    assert (found.state, found.to_masked) == ("waiting", "139****1234")
    assert PHONE.encode() not in bytes(found.to_sealed)
    assert messages.write_message(last_event(number), desk.now) is None
    assert Message.objects.count() == 1


def test_a_dispatch_tells_the_unit_and_the_date(desk, number):
    desk.dispatch(number)
    found = Message.objects.get(pk=messages.write_message(last_event(number), desk.now))
    assert "3月11日17:30" in found.text
    assert "水务公司" in found.text


def test_english_is_told_to_who_reads_english(desk):
    new = NewAppeal("hotline", "portal", "No water for two days", desk.now, phone=PHONE, language="en")
    number = report(new, SYSTEM).number
    desk.dispatch(number)
    found = Message.objects.get(pk=messages.write_message(last_event(number), desk.now))
    assert found.text.startswith("Your matter") or "passed to" in found.text
    assert "11 Mar 17:30" in found.text


def test_the_link_goes_along_when_the_address_is_known(desk, number, settings):
    settings.PUBLIC_ADDRESS = "https://12345.example"
    desk.move(number, "accept", "linxiao")
    found = Message.objects.get(pk=messages.write_message(last_event(number), desk.now))
    assert f" https://12345.example/t/{number}/" in found.text


def test_a_long_answer_is_shortened(desk, number):
    desk.move(number, "answer_at_once", "linxiao", reply="好" * 2000)
    assert (
        len(Message.objects.get(pk=messages.write_message(last_event(number), desk.now)).text)
        <= messages.MAX_TEXT
    )


def test_braces_in_what_people_write_are_only_braces(desk):
    new = NewAppeal("hotline", "portal", "{0} {title} {x}", desk.now, phone=PHONE)
    number = report(new, SYSTEM).number
    desk.move(number, "answer_at_once", "linxiao", reply="{reply}{number}")
    assert (
        "{reply}{number}" in Message.objects.get(pk=messages.write_message(last_event(number), desk.now)).text
    )


def test_nobody_is_told_who_left_no_number_or_of_what_tells_nothing(desk, number):
    anonymous = desk.open()
    desk.move(anonymous, "accept", "linxiao")
    assert messages.write_message(last_event(anonymous), desk.now) is None
    desk.move(number, "hurry", PERSON)
    assert messages.write_message(last_event(number), desk.now) is None
    assert messages.write_message({**last_event(number), "case_id": 10**9}, desk.now) is None


def test_a_message_is_handed_over_with_its_key_and_never_twice(desk, message, server):
    gateway = HttpGateway(server.address, "token-of-the-county")
    assert messages.send_message(message, gateway, desk.now) is True
    assert messages.send_message(message, gateway, desk.now) is True
    ((path, headers, body),) = server.got
    found = Message.objects.get(pk=message)
    assert (path, headers["Authorization"]) == ("/sms?v=1", "Bearer token-of-the-county")
    assert body == {"to": PHONE, "text": found.text, "key": found.key}
    assert headers["Idempotency-Key"] == found.key
    assert (found.state, found.sent_at, found.attempts) == ("sent", desk.now, 1)


@pytest.mark.parametrize("status", [400, 500, 302, 0])
def test_anything_but_a_plain_yes_is_tried_again(desk, message, server, status):
    server.statuses = [status]
    gateway = HttpGateway(server.address, "t")
    assert messages.send_message(message, gateway, desk.now) is None
    assert Message.objects.get(pk=message).state == "waiting"
    assert messages.send_message(message, gateway, desk.now) is True
    assert len(server.got) == 2


def test_a_gateway_that_never_answers_yes_is_given_up(desk, message, server):
    server.statuses = [500] * 20
    gateway = HttpGateway(server.address, "t")
    outcomes = [messages.send_message(message, gateway, desk.now) for _ in range(messages.MAX_ATTEMPTS + 2)]
    assert outcomes == [None] * (messages.MAX_ATTEMPTS - 1) + [False] * 3
    found = Message.objects.get(pk=message)
    assert (found.state, found.attempts, len(server.got)) == (
        "failed",
        messages.MAX_ATTEMPTS,
        messages.MAX_ATTEMPTS,
    )
    assert "500" in found.error
    assert PHONE not in found.error
    assert list_messages("failed")[1] == 1


def test_a_failed_message_may_be_sent_again(desk, message, server):
    Message.objects.filter(pk=message).update(state="failed", attempts=8, error="500")
    assert retry_message(message)
    assert not retry_message(message)
    assert messages.send_message(message, HttpGateway(server.address, "t"), desk.now) is True


@pytest.mark.parametrize(
    "address",
    ["", "ftp://x", "file:///etc/passwd", "http://", "http://127.0.0.1:1/", "http://[", "http://a:b"],
)
def test_an_address_that_is_none_is_an_error_of_the_gateway(address):
    with pytest.raises(GatewayError):
        HttpGateway(address, "t", timeout_seconds=1).send("1", "x", "k")


def test_the_setting_chooses_the_gateway(settings):
    settings.SMS_GATEWAY_URL = ""
    assert isinstance(choose_gateway(), LogGateway)
    settings.SMS_GATEWAY_URL, settings.SMS_GATEWAY_TOKEN = "https://sms.example/send", "very-secret"
    assert isinstance(choose_gateway(), HttpGateway)
    assert "very-secret" not in repr(choose_gateway())


def test_the_log_gateway_delivers_to_the_table_alone(desk, message):
    assert messages.send_message(message, LogGateway(), desk.now) is True


def test_no_number_is_ever_logged(desk, number, server, settings, caplog):
    settings.SMS_GATEWAY_URL, settings.SMS_GATEWAY_TOKEN = server.address, "t"
    server.statuses = [500]
    caplog.set_level(logging.DEBUG)
    desk.move(number, "accept", "linxiao")
    jobs.hear_move(name="case-moved", body=last_event(number))
    found = Message.objects.get()
    with pytest.raises(GatewayError):
        jobs.send_message(message_id=found.pk)
    jobs.send_message(message_id=found.pk)
    assert PHONE not in caplog.text
    assert Message.objects.get().state == "sent"


def test_the_job_makes_message_and_notice_once(desk, number):
    desk.dispatch(number)
    for _ in range(2):
        jobs.hear_move(name="case-moved", body=last_event(number))
    assert Message.objects.count() == 1
