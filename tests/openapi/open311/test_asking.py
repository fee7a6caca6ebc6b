"""Reading the public list: filters, pages, and what nobody is shown."""

from __future__ import annotations

from datetime import timedelta

import pytest
from defusedxml.ElementTree import fromstring
from django.utils import timezone

from huiyin.appeals.api import NewAppeal, report
from huiyin.cases.api import PERSON, Case

ADDRESS = "/open311/v2/requests.json"
SECRET_WORDS = "我是三单元的某甲，电话10100001234，楼下噪声很大"


@pytest.fixture
def put(desk):
    """`put(age=3)`: a request over Open311 of that many days ago; its number."""

    def make(age=0, channel="open311", category="010101", **more):
        new = NewAppeal(
            process="hotline",
            channel=channel,
            words=SECRET_WORDS,
            opened_at=timezone.now() - timedelta(days=age),
            name="某甲",
            phone="13900001234",
            place="锦绣小区三单元 502",
            category_id=desk.categories[category],
            lat_microdegrees=30_123_456,
            lon_microdegrees=120_987_654,
            **more,
        )
        return report(new, PERSON).number

    return make


def numbers(client, **query):
    response = client.get(ADDRESS, query)
    assert response.status_code == 200, response.content
    return [row["service_request_id"] for row in response.json()]


def test_the_last_ninety_days_are_listed_newest_first(put, client):
    old, week, new = put(age=100), put(age=7), put()
    assert numbers(client) == [new, week]
    assert numbers(client, start_date=f"{timezone.now() - timedelta(days=120):%Y-%m-%d}") == [new, week, old]
    assert numbers(client, end_date=f"{timezone.now() - timedelta(days=50):%Y-%m-%dT%H:%M:%SZ}") == [old]


def test_pages_follow_one_another(put, client):
    first, second, third = put(age=1), put(age=2), put(age=3)
    assert numbers(client, per_page=2) == [first, second]
    assert numbers(client, page_size=2, page=2) == [third]
    assert numbers(client, per_page=2, page=3) == []


def test_ids_override_every_other_filter(put, client):
    old, new = put(age=400), put()
    assert numbers(client, service_request_id=f"{old},{new}", status="closed") == [new, old]


def test_services_and_states_narrow_the_list(put, client):
    water, noise = put(category="010101"), put(category="010106")
    assert numbers(client, service_code="010106") == [noise]
    assert set(numbers(client, service_code="010106,010101")) == {water, noise}
    Case.objects.filter(number=water).update(closed_at=timezone.now())
    assert numbers(client, status="closed") == [water]
    assert numbers(client, status="open") == [noise]
    assert set(numbers(client, status="open,closed")) == {water, noise}


def test_nothing_personal_is_told(put, client):
    number = put()
    for address in (ADDRESS, f"/open311/v2/requests/{number}.json", f"/open311/v2/requests/{number}.xml"):
        told = client.get(address).content.decode()
        assert number in told
        for part in ("某甲", "三单元", "1390000", "10100001234", "噪声"):
            assert part not in told
    [row] = client.get(ADDRESS).json()
    assert (row["lat"], row["long"]) == (30.123, 120.988)
    assert row["description"] is None


def test_a_county_that_shows_words_shows_them_and_the_exact_place(put, client, settings):
    settings.OPEN311_WORDS = True
    put()
    [row] = client.get(ADDRESS).json()
    assert row["description"] == SECRET_WORDS
    assert (row["address"], row["lat"]) == ("锦绣小区三单元 502", 30.123456)


def test_only_the_channels_that_the_county_opened_are_public(put, client, settings):
    own, scan = put(), put(channel="portal")
    assert numbers(client) == [own]
    assert client.get(f"/open311/v2/requests/{scan}.json").status_code == 404
    settings.OPEN311_CHANNELS = ["open311", "portal"]
    assert set(numbers(client)) == {own, scan}


def test_a_confidential_matter_is_never_public(put, client, settings):
    settings.OPEN311_CHANNELS = ["open311", "portal"]
    number = put(identity="confidential")
    assert numbers(client) == []
    assert client.get(f"/open311/v2/requests/{number}.json").status_code == 404


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"status": "done"}, "status"),
        ({"start_date": "yesterday"}, "start_date"),
        ({"end_date": "2026-13-01"}, "end_date"),
        ({"page": "0"}, "page"),
        ({"per_page": "1001"}, "per_page"),
        ({"page": ["1", "2"]}, "page"),
    ],
)
def test_a_wrong_filter_is_refused_in_the_form_of_the_spec(desk, client, query, words):
    response = client.get(ADDRESS, query)
    assert response.status_code == 400
    [fault] = response.json()
    assert fault["code"] == 400
    assert words in fault["description"]
    root = fromstring(client.get("/open311/v2/requests.xml", query).content)
    assert root.tag == "errors"
    assert root.findtext("error/code") == "400"


@pytest.mark.parametrize(
    "text",
    [
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-12:00",
        "2026-01-01T00:00:00 08:00",
        "2000-02-12T10:04:54-20:14",
    ],
)
def test_any_time_that_is_one_is_understood(desk, client, text):
    for name in ("start_date", "end_date"):
        assert client.get(f"{ADDRESS}?{name}={text}").status_code == 200


def test_xml_holds_the_same_requests(put, client):
    number = put()
    root = fromstring(client.get("/open311/v2/requests.xml").content)
    assert root.tag == "service_requests"
    assert [one.tag for one in root] == ["request"]
    [row] = client.get(ADDRESS).json()
    assert root.findtext("request/service_request_id") == number
    assert {part.tag: part.text for part in root[0]} == {
        key: None if value is None else str(value) for key, value in row.items()
    }


def test_an_unknown_address_or_id_is_told_in_the_form_that_was_asked_for(desk, client):
    for address in ("requests/HX1", "services/none", "tokens/none", "nothing"):
        assert client.get(f"/open311/v2/{address}.json").json()[0]["code"] == 404
        assert fromstring(client.get(f"/open311/v2/{address}.xml").content).findtext("error/code") == "404"
    response = client.delete(ADDRESS)
    assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD, POST")


def test_services_are_the_categories_and_each_can_be_asked_about(desk, client):
    services = client.get("/open311/v2/services.json").json()
    assert {"010101", "010106"} <= {service["service_code"] for service in services}
    definition = client.get("/open311/v2/services/010101.json").json()
    [township] = definition["attributes"]
    assert township["code"] == "TOWNSHIP"
    assert len(township["values"]) > 1
    root = fromstring(client.get("/open311/v2/services/010101.xml").content)
    assert root.findtext("attributes/attribute/values/value/key") == township["values"][0]["key"]


def test_discovery_leads_to_the_endpoint(desk, client):
    told = client.get("/open311/v2/discovery.json").json()
    assert told["endpoints"][0]["url"] == "http://testserver/open311/v2"
    root = fromstring(client.get("/open311/v2/discovery.xml").content)
    assert [one.text for one in root.iter("format")] == ["text/xml", "application/json"]
