"""Reporting over Open311: a request becomes a matter like any other."""

from __future__ import annotations

import pytest
from defusedxml.ElementTree import fromstring
from django.core.files.uploadedfile import SimpleUploadedFile

from huiyin.appeals.api import Appeal
from huiyin.cases.api import Case
from huiyin.kernel.secrets import hash_secret
from huiyin.people.api import Area, open_for_contact

ADDRESS = "/open311/v2/requests.json"


@pytest.fixture
def post(desk, client):
    """`post(description="…")`: the answer to a request that lacks nothing."""

    def send(form="json", **fields):
        return client.post(f"/open311/v2/requests.{form}", {"service_code": "010101", **fields})

    return send


def test_a_report_is_a_matter_of_the_channel_and_category(post):
    response = post(
        description="三号楼停水两天",
        address_string="锦绣小区",
        lat="30.1234567",
        long="120.5",
        first_name="甲",
        last_name="某",
        phone="139 0000 1234",
    )
    assert response.status_code == 201
    [told] = response.json()
    case = Case.objects.get(number=told["service_request_id"])
    assert (case.channel_id, case.process, case.category.code) == ("open311", "hotline", "010101")
    assert (case.place, case.lat_microdegrees, case.lon_microdegrees) == ("锦绣小区", 30123457, 120500000)
    assert case.text.words == "三号楼停水两天"
    identity = open_for_contact(case.person_id)
    assert (identity.name, identity.phone) == ("某甲", "13900001234")


def test_the_answer_leads_to_the_persons_own_page_and_its_secret_is_the_token(post, client):
    [told] = post().json()
    secret = told["service_notice"].rpartition("/")[2]
    assert Appeal.objects.get(secret_hash=hash_secret(secret)).case.number == told["service_request_id"]
    answer = client.get(f"/open311/v2/tokens/{secret}.json").json()
    assert answer == [{"service_request_id": told["service_request_id"], "token": secret}]
    assert client.get(f"/t/{told['service_request_id']}/{secret}").status_code == 200


def test_xml_is_answered_in_xml_whatever_was_written(post):
    response = post("xml", description="<b>&\x00\x0b 停水", address_string="]]>")
    assert response.status_code == 201, response.content
    number = fromstring(response.content).findtext("request/service_request_id")
    assert "<b>&" in Case.objects.get(number=number).text.words


def test_nobody_need_say_who_they_are(post):
    [told] = post(description="路灯不亮").json()
    case = Case.objects.get(number=told["service_request_id"])
    assert (case.person_id, case.identity) == (None, "anonymous")


def test_the_township_leads_to_its_area_and_other_attributes_stay_with_the_words(post):
    area = Area.objects.filter(level="township").first()
    [told] = post(
        **{
            "attribute[TOWNSHIP]": area.code,
            "attribute[LAMP]": "L-7",
            "media_url": "https://example.org/a.jpg",
        }
    ).json()
    case = Case.objects.get(number=told["service_request_id"])
    assert case.township_id == area.pk
    assert "LAMP：L-7" in case.text.words
    assert "https://example.org/a.jpg" in case.text.words


@pytest.mark.parametrize(
    ("fields", "status", "part"),
    [
        ({"service_code": ""}, 400, "service_code"),
        ({"service_code": "none"}, 404, "service_code"),
        ({"lat": "91", "long": "1"}, 400, "lat"),
        ({"lat": "nan", "long": "1"}, 400, "lat"),
        ({"lat": "30"}, 400, "lat"),
        ({"phone": "12"}, 400, "电话"),
        ({"media_url": "javascript:alert(1)"}, 400, "media_url"),
        ({"media_url": "http://[1"}, 400, "media_url"),
        ({"attribute[TOWNSHIP]": "none"}, 400, "TOWNSHIP"),
        ({"description": "长" * 4001}, 400, "description"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_opened(post, fields, status, part):
    response = post(**fields)
    assert response.status_code == status
    [fault] = response.json()
    assert part in fault["description"]
    assert not Case.objects.exists()


def test_where_keys_are_handed_out_one_is_needed_to_report_and_none_to_read(post, client, settings):
    settings.OPEN311_KEYS = ["one-key", "another"]
    assert post().status_code == 403
    assert post(api_key="钥匙").json()[0]["code"] == 403
    assert post(api_key="another").status_code == 201
    assert client.get(ADDRESS).status_code == 200


def test_a_form_with_files_and_a_body_that_is_none_are_answered(post, client):
    assert post(media=SimpleUploadedFile("a.jpg", b"x")).status_code == 201
    for kind in ("application/json", "multipart/form-data; boundary=x", "text/plain"):
        assert client.post(ADDRESS, b'{"a": 1', content_type=kind).status_code == 400
    fields = {f"f{n}": "1" for n in range(2100)}
    assert client.post(ADDRESS, {"service_code": "010101", **fields}).status_code == 400


@pytest.mark.parametrize("form", ["json", "xml"])
def test_whoever_asks_too_often_is_told_when_to_come_again(form, client, settings, county):
    settings.API_RATE_ADDRESS = 2
    answers = [client.get(f"/open311/v2/services.{form}") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 1 <= int(answers[2].headers["Retry-After"]) <= 60
    assert b"429" in answers[2].content
