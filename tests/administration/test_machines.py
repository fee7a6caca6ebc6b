"""The pages of webhooks and peers: added, looked at, paused, replayed by the administrator."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook
from tests.cases.county import NO_WATER, _county_of_module, desk
from tests.exchange.receiving import LOOPBACK, receive

from huiyin.app.demo.county.loader import PASSWORD
from huiyin.exchange.api import add_subscription
from huiyin.exchange.models import Delivery, Peer, Sending, Subscription
from huiyin.journal.api import list_accesses, list_entries
from huiyin.people.api import SESSION_COOKIE, Post, sign_in

__all__ = ["_county_of_module", "desk"]


@pytest.fixture
def admin(desk, client):
    """A browser of the administrator."""
    login = Post.objects.get(role="admin").account.login
    client.cookies[SESSION_COOKIE] = sign_in(login, PASSWORD, timezone.now()).token
    return client


@pytest.fixture
def receiver(settings):
    settings.EXCHANGE_NETWORKS = LOOPBACK
    with receive() as running:
        yield running


@pytest.fixture
def hook(desk, receiver):
    return add_subscription("数据中心", receiver.address, ["case-opened"], by=None, now=timezone.now())[0]


def text_of(response):
    assert response.status_code == 200, response.content.decode()[:2000]
    return response.content.decode()


def test_empty_pages_say_what_comes_there(admin):
    assert "还没有别的系统订阅事件" in text_of(admin.get("/console/webhooks"))
    assert "还没有对接单位" in text_of(admin.get("/console/peers"))


def test_a_webhook_is_added_and_its_secret_shown_for_five_minutes(admin, monkeypatch):
    form = {
        "title": "数据中心",
        "address": "https://example.org/hook",
        "events": ["case-opened", "clock-expired"],
    }
    response = admin.post("/console/webhooks", form)
    assert response.status_code == 303
    one = Subscription.objects.get()
    assert one.events == ["case-opened", "clock-expired"]
    shown = text_of(admin.get(response.headers["Location"]))
    assert "whsec_" in shown
    assert "whsec_" not in text_of(admin.get(f"/console/webhooks/{one.pk}"))
    assert "whsec_" not in text_of(admin.get(f"/console/webhooks/{one.pk}?leave=00ff"))
    later = timezone.now() + timedelta(minutes=6)
    monkeypatch.setattr("huiyin.administration.machines.asking.timezone.now", lambda: later)
    assert "whsec_" not in text_of(admin.get(response.headers["Location"]))
    entry = list_entries(f"webhook:{one.pk}")[0]
    assert entry.verb == "webhook-added"
    assert entry.actor


def test_what_was_typed_stays_when_it_is_refused(admin):
    response = admin.post("/console/webhooks", {"title": "数据中心", "address": "http://10.0.0.1/x"})
    assert response.status_code == 409
    page = response.content.decode()
    assert "http://10.0.0.1/x" in page
    assert "HUIYIN_EXCHANGE_NETWORKS" in page


def test_a_test_is_sent_and_stands_in_the_log(admin, hook, receiver):
    response = admin.post(f"/console/webhooks/{hook.pk}/pings")
    page = text_of(admin.get(response.headers["Location"]))
    assert "测试已送达" in page
    assert "HTTP 200" in page
    receiver.answer(500)
    response = admin.post(f"/console/webhooks/{hook.pk}/pings")
    assert "HTTP 500" in text_of(admin.get(response.headers["Location"]))


def test_deliveries_are_narrowed_by_state_and_sent_again_one_or_many(admin, hook, desk):
    body = {"id": "msg_1", "type": "case-opened", "data": {"number": "HC1"}}
    told = {"subscription": hook, "event": "case-opened", "body": body, "made_at": timezone.now()}
    failed = Delivery.objects.create(**told, key="1", state="failed", error="HTTP 500", attempts=8)
    Delivery.objects.create(**told, key="2", state="sent", status=200, milliseconds=5)
    here = f"/console/webhooks/{hook.pk}"
    assert "HTTP 500" in text_of(admin.get(f"{here}?state=failed"))
    assert "HTTP 500" not in text_of(admin.get(f"{here}?state=sent"))
    assert "没有这种状态的记录" in text_of(admin.get(f"{here}?state=waiting"))
    response = admin.post(f"{here}/replays", {"delivery": failed.pk})
    assert "已排队重发" in text_of(admin.get(response.headers["Location"]))
    failed.refresh_from_db()
    assert failed.state == "waiting"
    response = admin.post(f"{here}/replays", {"since": "2020-01-01T00:00", "until": "2020-01-02T00:00"})
    assert "什么也没有重发" in text_of(admin.get(response.headers["Location"]))
    assert admin.post(f"{here}/replays", {"since": "yesterday"}).status_code == 409


def test_a_webhook_is_paused_resumed_renewed_and_removed(admin, hook):
    state = f"/console/webhooks/{hook.pk}/state"
    admin.post(state, {"act": "pause"})
    assert "已暂停" in text_of(admin.get("/console/webhooks"))
    admin.post(state, {"act": "resume"})
    renewed = admin.post(state, {"act": "renew"})
    assert "whsec_" in text_of(admin.get(renewed.headers["Location"]))
    admin.post(state, {"act": "remove"})
    assert admin.get(f"/console/webhooks/{hook.pk}").status_code == 404
    verbs = [entry.verb for entry in list_entries(f"webhook:{hook.pk}")]
    assert verbs[1:] == ["webhook-off", "webhook-resumed", "webhook-secret-renewed", "webhook-removed"]


def test_a_peer_is_added_changed_and_paused(admin):
    form = {
        "title": "邻县",
        "address": "https://example.org/open311/v2",
        "services": f"{NO_WATER} = W",
        "api_key": "k",
    }
    response = admin.post("/console/peers", {**form, "form": "xml", "at": "opened", "words": "on"})
    assert "邻县" in text_of(admin.get(response.headers["Location"]))
    one = Peer.objects.get()
    assert (one.form, one.at, one.words, one.services) == ("xml", "opened", True, {NO_WATER: "W"})
    assert bytes(one.key_sealed) != b"k"
    here = f"/console/peers/{one.pk}"
    refused = admin.post(here, {"act": "services", "services": "none = X"})
    assert refused.status_code == 409
    assert "none = X" in refused.content.decode()
    admin.post(here, {"act": "services", "services": f"{NO_WATER} = W2"})
    admin.post(here, {"act": "pause"})
    one.refresh_from_db()
    assert (one.services, one.active) == ({NO_WATER: "W2"}, False)
    refused = admin.post("/console/peers", {**form, "services": "x"})
    assert refused.status_code == 409
    assert "example.org" in refused.content.decode()


def test_what_a_peer_was_sent_is_listed_and_sent_again(admin, desk):
    told = {"address": "https://example.org", "services": {NO_WATER: "W"}, "made_at": timezone.now()}
    peer = Peer.objects.create(title="邻县", **told)
    case = desk.case(desk.open())
    made = Sending.objects.create(
        peer=peer, case=case, state="unsure", error="TimeoutError", made_at=timezone.now()
    )
    here = f"/console/peers/{peer.pk}"
    assert case.number in text_of(admin.get(here))
    assert "TimeoutError" in text_of(admin.get(f"{here}?state=unsure"))
    response = admin.post(f"{here}/retries", {"sending": made.pk})
    assert "已排队" in text_of(admin.get(response.headers["Location"]))
    assert admin.post(f"{here}/retries", {"sending": "x"}).status_code == 409
    assert "没有这种状态的工单" in text_of(admin.get(f"{here}?state=failed"))


def book_of(response):
    assert response.status_code == 200
    return [list(row) for row in load_workbook(BytesIO(response.content)).worksheets[0].values]


def test_the_deliveries_that_are_listed_are_taken_away_as_a_sheet_and_that_is_noted(admin, hook):
    data = {"id": "evt-1", "data": {"number": "HC202611270001"}}
    told = {"subscription": hook, "event": "case-opened", "body": data, "made_at": timezone.now()}
    Delivery.objects.create(**told, key="1", state="failed", error="=1+1", attempts=8)
    Delivery.objects.create(**told, key="2", state="sent", status=200, milliseconds=5)
    page = text_of(admin.get(f"/console/webhooks/{hook.pk}?state=failed"))
    assert f"/console/webhooks/{hook.pk}/export?state=failed" in page
    headings, *rows = book_of(admin.get(f"/console/webhooks/{hook.pk}/export?state=failed"))
    assert headings[1:5] == ["事件", "编号（id）", "工单", "状态"]
    assert [row[2:4] + row[5:6] + row[8:9] for row in rows] == [["evt-1", "HC202611270001", 8, "'=1+1"]]
    assert len(book_of(admin.get(f"/console/webhooks/{hook.pk}/export"))) == 3
    noted = list_accesses(subject="export:deliveries")
    assert any("1 行" in line.reason and "state=failed" in line.reason for line in noted)
    assert admin.get("/console/webhooks/987654/export").status_code == 404


def test_what_a_peer_was_sent_is_taken_away_as_a_sheet(admin, desk):
    peer = Peer.objects.create(title="市平台", address="https://example.org/v2", made_at=timezone.now())
    case = desk.case(desk.open())
    Sending.objects.create(
        peer=peer, case=case, made_at=timezone.now(), state="sent", their_number="SR-9", their_status="open"
    )
    assert f"/console/peers/{peer.pk}/export" in text_of(admin.get(f"/console/peers/{peer.pk}"))
    rows = book_of(admin.get(f"/console/peers/{peer.pk}/export?state=sent"))
    assert [row[1:4] for row in rows[1:]] == [[case.number, "SR-9", "open"]]
    assert len(book_of(admin.get(f"/console/peers/{peer.pk}/export?state=failed"))) == 1


def test_many_webhooks_and_many_peers_come_page_by_page(admin):
    now = timezone.now()
    Subscription.objects.bulk_create(
        Subscription(title=f"系统{at:03}", address="https://example.org", secret_sealed=b"", made_at=now)
        for at in range(51)
    )
    Peer.objects.bulk_create(
        Peer(title=f"系统{at:03}", address="https://example.org", made_at=now) for at in range(51)
    )
    for place in ("/console/webhooks", "/console/peers"):
        first, second = text_of(admin.get(place)), text_of(admin.get(f"{place}?page=2"))
        assert "系统049" in first
        assert "系统050" not in first
        assert "系统050" in second
        assert "系统049" not in second
