"""Peers: matters of some categories go to another office over GeoReport v2, and come back with a number."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import parse_qs

import pytest
from tests.cases.county import NO_WATER, WASTE_OF_WATER

from huiyin.exchange import sendings
from huiyin.exchange.api import NewPeer, add_peer, list_sendings, retry, switch_peer
from huiyin.exchange.models import Peer, Sending
from huiyin.journal.api import list_entries, verify
from huiyin.kernel.refusals import Refusal

TAKEN = (201, b'[{"service_request_id": "P-1", "service_notice": "ok"}]')
XML = "<?xml version='1.0' encoding='utf-8'?><service_requests><request>{}</request></service_requests>"


@pytest.fixture
def add(desk, receiver, now):
    """`add(at="opened")`: a peer that takes what the county calls 010101."""

    def make(**more):
        told = {
            "title": "邻县",
            "address": f"http://127.0.0.1:{receiver.port}/open311/v2",
            "services": f"{NO_WATER} = WATER",
            "api_key": "their-key",
            "jurisdiction": "neighbour",
            "at": "opened",
            **more,
        }
        return add_peer(NewPeer(**told), by=None, now=now)

    return make


@pytest.fixture
def heard(desk, now):
    """`heard(category=…)`: a new case, told of; its sending, or None."""

    def make(name="case-opened", category=NO_WATER, **more):
        number = desk.open(category_id=desk.categories[category], words="我是某甲，家里停水", **more)
        case = desk.case(number)
        made = sendings.make_sendings(name, {"case_id": case.pk}, now)
        return Sending.objects.get(pk=made[0]) if made else None

    return make


def test_a_matter_goes_with_its_place_and_category_and_without_words(add, heard, receiver, now):
    add()
    one = heard(place="锦绣小区", lat_microdegrees=30_100_000, lon_microdegrees=120_200_000)
    receiver.answer(TAKEN)
    sendings.send(one.pk, now)
    [got] = receiver.got
    assert got.path == "/open311/v2/requests.json"
    sent = {key: values[0] for key, values in parse_qs(got.body.decode()).items()}
    assert sent == {
        "api_key": "their-key",
        "jurisdiction_id": "neighbour",
        "service_code": "WATER",
        "description": "停水",
        "address_string": "锦绣小区",
        "account_id": one.case.number,
        "lat": "30.100000",
        "long": "120.200000",
    }
    one.refresh_from_db()
    assert (one.state, one.their_number) == ("sent", "P-1")


def test_the_record_of_the_case_says_where_it_went_and_stays_whole(add, heard, receiver, now):
    add()
    one = heard()
    receiver.answer(TAKEN)
    sendings.send(one.pk, now)
    entry = list_entries(f"case:{one.case.number}")[-1]
    assert (entry.verb, entry.body["their_number"]) == ("peer-sent", "P-1")
    assert verify(f"case:{one.case.number}").whole


def test_words_go_only_by_the_rule_of_the_peer_and_of_those_who_gave_their_name(add, heard, receiver, now):
    add(words=True)
    receiver.answer(TAKEN)
    for identity, words in (("named", "我是某甲，家里停水"), ("anonymous", "停水")):
        sendings.send(heard(identity=identity).pk, now)
        assert parse_qs(receiver.got[-1].body.decode())["description"] == [words]


def test_only_matters_that_the_rule_names_go(add, heard):
    add()
    assert heard() is not None
    assert heard(category=WASTE_OF_WATER) is None
    assert heard(identity="confidential") is None
    assert heard(channel="open311") is None, "two peers would send it to each other for ever"
    assert heard("case-moved") is None


def test_a_peer_that_waits_for_the_dispatch_gets_the_matter_then_and_once(add, desk, now):
    add(at="dispatched")
    case = desk.case(desk.dispatched(category=NO_WATER))
    event = {"case_id": case.pk}
    assert sendings.make_sendings("case-opened", event, now) == []
    assert len(sendings.make_sendings("case-moved", event, now)) == 1
    assert sendings.make_sendings("case-moved", event, now) == []


def test_a_paused_peer_gets_nothing(add, heard, now):
    switch_peer(add().pk, on=False, by=None, now=now)
    assert heard() is None


def test_what_could_not_be_reached_is_tried_again_and_given_up_after_a_day(add, heard, now):
    Peer.objects.filter(pk=add().pk).update(address="http://127.0.0.1:1")
    one, moment = heard(), now
    for _ in range(8):
        sendings.send(one.pk, moment)
        one.refresh_from_db()
        moment = one.next_at or moment
    assert (one.state, one.attempts) == ("failed", 8)
    assert timedelta(hours=22) < moment - now < timedelta(hours=28)


@pytest.mark.parametrize("answer", [0, 500, (200, b"[]"), (200, b"not json"), (200, b"[[[")])
def test_an_answer_that_may_have_been_lost_is_left_to_people(add, heard, receiver, now, answer):
    add()
    one = heard()
    receiver.answer(answer)
    sendings.send(one.pk, now)
    sendings.send(one.pk, now)
    one.refresh_from_db()
    assert (one.state, one.next_at) == ("unsure", None)
    assert len(receiver.got) == 1, "a second request would be a second matter"


def test_a_refusal_is_final_and_told_and_can_be_tried_again_by_hand(add, heard, receiver, now):
    peer = add()
    one = heard()
    receiver.answer((400, b'[{"code": 400, "description": "no such street"}]'))
    sendings.send(one.pk, now)
    one.refresh_from_db()
    assert (one.state, one.error) == ("failed", "HTTP 400 no such street")
    retry(peer.pk, one.pk, by=None, now=now)
    assert sendings.list_due(now) == [(one.pk, "waiting")]
    receiver.answer(TAKEN)
    sendings.send(one.pk, now)
    with pytest.raises(Refusal):
        retry(peer.pk, one.pk, by=None, now=now)


def test_a_busy_peer_is_asked_again(add, heard, receiver, now):
    add()
    one = heard()
    receiver.answer(429, TAKEN)
    sendings.send(one.pk, now)
    one.refresh_from_db()
    assert (one.state, one.next_at) == ("waiting", now + timedelta(minutes=1))


def test_a_token_is_exchanged_for_a_number_and_the_state_followed_until_it_is_closed(
    add, heard, receiver, now
):
    add(form="xml")
    one = heard()
    receiver.answer((201, XML.format("<token>T/1</token>").encode()))
    sendings.send(one.pk, now)
    receiver.answer(
        (200, XML.format("<service_request_id>P-9</service_request_id>").encode()),
        (200, XML.format("<status>open</status>").encode()),
        (200, XML.format("<status>closed</status>").encode()),
    )
    for status, due in (("open", True), ("closed", False)):
        sendings.ask(one.pk, now)
        one.refresh_from_db()
        assert (one.their_number, one.their_status) == ("P-9", status)
        assert (one.next_at is not None) == due
    assert [got.path.partition("?")[0] for got in receiver.got[1:]] == [
        "/open311/v2/tokens/T%2F1.xml",
        "/open311/v2/requests/P-9.xml",
        "/open311/v2/requests/P-9.xml",
    ]
    told = [entry.body["their_status"] for entry in list_entries(f"case:{one.case.number}")[-2:]]
    assert told == ["open", "closed"]


@pytest.mark.parametrize("answer", [0, 500, 404, (200, b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>")])
def test_a_peer_that_does_not_tell_is_asked_another_time(add, heard, receiver, now, answer):
    add(form="xml")
    one = heard()
    receiver.answer((201, XML.format("<token>T1</token>").encode()), answer)
    sendings.send(one.pk, now)
    sendings.ask(one.pk, now)
    one.refresh_from_db()
    assert (one.state, one.next_at) == ("sent", now + sendings.ASK_AGAIN)


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"address": "http://10.0.0.1/"},
        {"services": ""},
        {"services": "010101"},
        {"services": "none = X"},
        {"form": "yaml"},
    ],
)
def test_a_peer_that_could_not_work_is_refused(add, wrong):
    with pytest.raises(Refusal) as caught:
        add(**wrong)
    assert caught.value.field == next(iter(wrong))


def test_the_log_is_narrowed_by_state(add, heard, receiver, now):
    peer = add()
    heard()
    assert list_sendings(peer.pk, "waiting")[1] == 1
    assert list_sendings(peer.pk, "failed")[1] == 0
