"""Webhooks: signed, told at least once, tried again for a day, replayed, off when nobody is there."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import timedelta

import pytest
from click.testing import CliRunner

from huiyin.app.worker import hear
from huiyin.exchange import deliveries, subscriptions
from huiyin.exchange.api import (
    add_subscription,
    is_awaited,
    list_deliveries,
    pause_subscription,
    ping,
    renew_secret,
    replay,
    resume_subscription,
)
from huiyin.exchange.commands import webhooks
from huiyin.exchange.jobs import tell_others
from huiyin.exchange.models import Delivery, Subscription
from huiyin.exchange.signing import sign
from huiyin.journal.api import Event, list_entries, rotate_keys
from huiyin.kernel.refusals import Refusal

ALL = ["case-opened", "case-moved", "clock-warned", "clock-expired"]


@pytest.fixture
def hook(desk, receiver, now):
    """A webhook of another system, and its secret."""
    return add_subscription("数据中心", receiver.address, ALL, by=None, now=now)


@pytest.fixture
def opened(desk):
    """A case of the county, and the event that tells of it."""
    number = desk.open(title="某甲家停水", words="我是某甲，电话 10100001234")
    case = desk.case(number)
    return case, {"case_id": case.pk, "kind": "appeal", "channel": "hotline"}


def make(opened, now, name="case-opened", **more):
    return deliveries.make_deliveries(name, {**opened[1], **more}, now)


def verify(secret, got):
    """As `docs/webhooks.md` says that a receiver checks."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{got.headers['webhook-id']}.{got.headers['webhook-timestamp']}.".encode() + got.body
    made = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return any(hmac.compare_digest(made, one) for one in got.headers["webhook-signature"].split())


def test_an_event_arrives_signed_and_without_a_word_about_the_person(hook, opened, receiver, now):
    subscription, secret = hook
    make(opened, now)
    assert deliveries.send_due(subscription.pk, lambda: now) == 1
    [got] = receiver.got
    assert verify(secret, got)
    body = json.loads(got.body)
    assert body["type"] == "case-opened"
    assert body["id"] == got.headers["webhook-id"]
    assert body["data"]["number"] == opened[0].number
    assert "某甲" not in got.body.decode()
    assert "10100001234" not in got.body.decode()
    [one], _ = list_deliveries(subscription.pk)
    assert (one.state, one.status, one.attempts) == ("sent", 200, 1)


def test_replies_and_titles_of_an_event_stay_here(hook, opened, receiver, now):
    more = {"move": "close", "from": "answered", "to": "closed", "version": 7, "closed": True}
    make(opened, now, "case-moved", reply="已答复某甲", remedy="申诉", title="某甲", **more)
    deliveries.send_due(hook[0].pk, lambda: now)
    data = json.loads(receiver.got[0].body)["data"]
    assert {key: data[key] for key in more} == more
    assert "某甲" not in receiver.got[0].body.decode()


def test_the_signature_is_that_of_standard_webhooks():
    """The example of the specification, computed by its reference library."""
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    body = b'{"test": 2432232314}'
    signed = sign(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body)
    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_the_same_event_is_told_once_however_often_it_is_heard(hook, opened, now):
    make(opened, now)
    make(opened, now)
    assert Delivery.objects.count() == 1


def test_only_the_events_that_were_asked_for_are_told(receiver, desk, opened, now):
    add_subscription("只听超时", receiver.address, ["clock-expired"], by=None, now=now)
    assert make(opened, now) == set()
    assert is_awaited("clock-expired")
    assert not is_awaited("case-opened")


def test_what_fails_is_tried_again_later_and_later_for_about_a_day_and_set_aside(hook, opened, receiver, now):
    receiver.answer(500)
    make(opened, now)
    moment, attempts = now, 0
    while Delivery.objects.get().state == "waiting":
        attempts += deliveries.send_due(hook[0].pk, lambda: moment)  # noqa: B023
        moment = Delivery.objects.get().next_at or moment
    assert attempts == 8
    assert timedelta(hours=22) < moment - now < timedelta(hours=28)
    one = Delivery.objects.get()
    assert (one.state, one.error, one.attempts) == ("failed", "HTTP 500", 8)
    assert len({got.headers["webhook-id"] for got in receiver.got}) == 1


def test_a_far_side_that_is_not_there_holds_up_nothing_but_itself(hook, opened, receiver, now):
    Subscription.objects.update(address="http://127.0.0.1:1/")
    for version in range(3):
        make(opened, now, "case-moved", version=version)
    assert deliveries.send_due(hook[0].pk, lambda: now) == 1
    assert Delivery.objects.filter(attempts=0).count() == 2
    assert "ConnectionRefused" in Delivery.objects.get(attempts=1).error


def test_three_days_without_an_answer_switch_it_off_and_the_journal_says_so(hook, opened, receiver, now):
    receiver.answer(503)
    for day in range(4):
        moment = now + timedelta(days=day)
        make(opened, moment, "case-moved", version=day)
        deliveries.send_due(hook[0].pk, lambda: moment)  # noqa: B023
    one = Subscription.objects.get()
    assert (one.active, one.off_because) == (False, "failing")
    assert list_entries(f"webhook:{one.pk}")[-1].verb == "webhook-off"
    assert make(opened, now, "case-moved", version=9) == set()


def test_one_success_in_between_forgives_the_failures(hook, opened, receiver, now):
    receiver.answer(503, 200, 503)
    for day in range(3):
        moment = now + timedelta(days=2 * day)
        make(opened, moment, "case-moved", version=day)
        deliveries.send_due(hook[0].pk, lambda: moment)  # noqa: B023
    assert Subscription.objects.get().active


def test_gone_is_believed_at_once(hook, opened, receiver, now):
    receiver.answer(410)
    make(opened, now)
    deliveries.send_due(hook[0].pk, lambda: now)
    assert Subscription.objects.get().off_because == "gone"


def test_a_paused_one_is_told_nothing_and_a_resumed_one_gets_what_was_waiting(hook, opened, receiver, now):
    make(opened, now)
    pause_subscription(hook[0].pk, by=None, now=now)
    assert deliveries.send_due(hook[0].pk, lambda: now) == 0
    assert make(opened, now, "case-moved", version=2) == set()
    resume_subscription(hook[0].pk, by=None, now=now)
    assert deliveries.list_waiting(now) == [hook[0].pk]
    assert deliveries.send_due(hook[0].pk, lambda: now) == 1


def test_both_secrets_sign_for_a_day_after_a_change(hook, opened, receiver, now):
    fresh = renew_secret(hook[0].pk, by=None, now=now)
    for day in range(2):
        moment = now + timedelta(days=day, minutes=1)
        make(opened, moment, "case-moved", version=day)
        deliveries.send_due(hook[0].pk, lambda: moment)  # noqa: B023
    first, second = receiver.got
    assert verify(fresh, first)
    assert verify(hook[1], first)
    assert verify(fresh, second)
    assert not verify(hook[1], second)


def test_a_new_sealing_key_reaches_the_secrets(hook, opened, receiver, settings, now):
    settings.SEALING_KEYS = ["another key", *settings.SEALING_KEYS]
    rotate_keys()
    settings.SEALING_KEYS = ["another key"]
    make(opened, now)
    deliveries.send_due(hook[0].pk, lambda: now)
    assert verify(hook[1], receiver.got[0])


def test_a_replay_sends_the_same_again_with_the_same_id(hook, opened, receiver, now):
    make(opened, now)
    deliveries.send_due(hook[0].pk, lambda: now)
    assert replay(hook[0].pk, delivery_id=Delivery.objects.get().pk, by=None, now=now) == 1
    deliveries.send_due(hook[0].pk, lambda: now)
    first, second = receiver.got
    assert (first.headers["webhook-id"], first.body) == (second.headers["webhook-id"], second.body)


def test_a_span_of_time_is_replayed_and_only_what_failed_if_asked(hook, opened, now):
    for hour in range(4):
        make(opened, now + timedelta(hours=hour), "case-moved", version=hour)
    Delivery.objects.filter(made_at__lte=now).update(state="failed", next_at=None)
    Delivery.objects.filter(made_at__gt=now).update(state="sent", next_at=None)
    pk = hook[0].pk
    assert replay(pk, only_failed=True, by=None, now=now) == 1
    span = {"since": now + timedelta(hours=1), "until": now + timedelta(hours=2)}
    assert replay(pk, **span, by=None, now=now) == 2
    assert Delivery.objects.filter(state="waiting").count() == 3


def test_a_ping_says_at_once_what_came_of_it(hook, receiver, now):
    assert ping(hook[0].pk, now).state == "sent"
    receiver.answer(404)
    failed = ping(hook[0].pk, now)
    assert (failed.state, failed.error) == ("failed", "HTTP 404")


def test_nobody_is_added_without_a_name_an_address_and_an_event(desk, now):
    for wrong in ({"title": " "}, {"address": "http://10.0.0.1/"}, {"events": ["case-exploded"]}):
        given = {"title": "甲", "address": "https://example.org/", "events": ALL, **wrong}
        with pytest.raises(Refusal) as caught:
            add_subscription(given["title"], given["address"], given["events"], by=None, now=now)
        assert caught.value.field == next(iter(wrong))
    assert not Subscription.objects.exists()


def test_the_worker_makes_a_job_only_where_somebody_listens(desk, opened, receiver, now, monkeypatch):
    made = []
    monkeypatch.setattr("huiyin.app.worker.app.configure_task", lambda job, **_more: Told(job, made))
    event = Event("case-opened", "case:X", opened[1], now)
    hear(event)
    assert "tell-others" not in made
    add_subscription("数据中心", receiver.address, ALL, by=None, now=now)
    hear(event)
    assert made.count("tell-others") == 1


class Told:
    """Keeps the names of the jobs that are put into the queue."""

    def __init__(self, job, made):
        self.job, self.made = job, made

    def defer(self, **_more):
        self.made.append(self.job)


def test_the_job_makes_the_deliveries_and_sees_that_they_are_sent(hook, opened, monkeypatch):
    sent = []
    monkeypatch.setattr("huiyin.exchange.jobs._send_soon", sent.append)
    tell_others("case-opened", opened[1])
    assert sent == [hook[0].pk]
    assert Delivery.objects.get().event == "case-opened"


def test_settled_deliveries_are_forgotten_after_three_months(hook, opened, now):
    make(opened, now - timedelta(days=100))
    assert deliveries.forget_deliveries(now) == 0
    Delivery.objects.update(state="sent")
    assert deliveries.forget_deliveries(now) == 1


def test_the_command_lists_replays_and_pings(hook, opened, receiver, now):
    make(opened, now)
    run = CliRunner()
    listed = run.invoke(webhooks, ["list"]).output
    assert "数据中心" in listed
    assert "waiting 1" in listed
    assert "1 to be sent" in run.invoke(webhooks, ["replay", str(hook[0].pk), "--since", "2020-01-01"]).output
    assert "HTTP 200" in run.invoke(webhooks, ["ping", str(hook[0].pk)]).output
    receiver.answer(500)
    assert run.invoke(webhooks, ["ping", str(hook[0].pk)]).exit_code == 1


def test_removing_leaves_only_the_journal(hook, now):
    pk = hook[0].pk
    subscriptions.remove_subscription(pk, by=None, now=now)
    assert not Subscription.objects.exists()
    assert [entry.verb for entry in list_entries(f"webhook:{pk}")] == ["webhook-added", "webhook-removed"]
