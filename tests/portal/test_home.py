"""The front page, and looking a matter up by number and phone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from huiyin.portal.models import FailedLookup
from huiyin.portal.rules import TRIES

from .conftest import PHONE


def look_up(client, number, phone=PHONE, **headers):
    return client.post("/find", {"number": number, "phone": phone}, headers=headers)


def test_the_front_page_leads_to_reporting_looking_up_and_the_commonest_matter_of_each_kind(client):
    page = client.get("/").content.decode()
    assert 'href="/report"' in page
    assert 'action="/find"' in page
    assert "停水了" in page
    assert "路灯不亮" in page
    assert 'href="/matters"' in page
    assert "tel:12345" in page


def test_number_and_phone_lead_to_the_persons_own_page(client, report):
    matter = report()
    response = look_up(client, f" {matter.number.lower()} ", "139-0000-1234")
    assert response.status_code == 303
    assert response.headers["Location"] == matter.path


@pytest.mark.parametrize("wrong", ["number", "phone"])
def test_a_wrong_number_and_a_wrong_phone_are_refused_in_the_same_words(client, report, wrong):
    matter = report()
    number = "HC99" if wrong == "number" else matter.number
    response = look_up(client, number, "13900009999" if wrong == "phone" else PHONE)
    assert response.status_code == 404
    assert "没有查到" in response.content.decode()
    assert matter.secret not in response.content.decode()


def test_an_anonymous_matter_is_found_by_its_link_alone(client, report):
    matter = report(identity="anonymous")
    assert look_up(client, matter.number).status_code == 404


def test_a_misspelt_phone_is_said_to_be_one_and_what_was_typed_stays(client):
    page = look_up(client, "HC1", "12").content.decode()
    assert "这个电话号码不对" in page
    assert 'value="HC1"' in page


def test_after_ten_failures_nothing_more_is_looked_up_for_ten_minutes(client, report):
    matter = report()
    for _ in range(TRIES):
        look_up(client, "HC00")
    refused = look_up(client, matter.number)
    assert refused.status_code == 429
    assert "试得太多了" in refused.content.decode()
    FailedLookup.objects.update(at=timezone.now() - timedelta(minutes=11))
    assert look_up(client, matter.number).status_code == 303


def test_guessing_the_phone_of_one_matter_from_many_addresses_is_limited_too(client, report):
    matter = report()
    for at in range(TRIES):
        client.post("/find", {"number": matter.number, "phone": "13900007777"}, REMOTE_ADDR=f"203.0.113.{at}")
    assert (
        client.post(
            "/find", {"number": matter.number, "phone": PHONE}, REMOTE_ADDR="203.0.113.99"
        ).status_code
        == 429
    )


def test_people_behind_one_proxy_do_not_lock_each_other_out(client, report):
    matter = report()
    for _ in range(TRIES):
        look_up(client, "HC00", **{"X-Forwarded-For": "203.0.113.7"})
    assert look_up(client, matter.number, **{"X-Forwarded-For": "203.0.113.8"}).status_code == 303


def test_a_failed_lookup_keeps_neither_address_nor_number(client):
    look_up(client, "HC00")
    kept = b"".join(bytes(row.mark) for row in FailedLookup.objects.all())
    assert FailedLookup.objects.count() == 2
    assert b"HC00" not in kept
    assert b"127.0.0.1" not in kept


def test_odd_signs_in_a_lookup_are_a_plain_refusal(client):
    assert look_up(client, "HC\x00'; --", PHONE).status_code == 404
