"""Every no is a problem that a program can read and a person can understand."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.openapi.conftest import Machine

from huiyin.openapi.sent_keys import KEPT, forget_old_keys
from huiyin.people import api as people

pytestmark = pytest.mark.django_db


def _code(response, status):
    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/problem+json"
    told = response.json()
    assert (told["status"], told["request_id"]) == (status, response.headers["X-Request-Id"])
    return told["code"]


def test_an_address_that_leads_nowhere(client):
    assert _code(client.get("/api/v1/cats"), 404) == "not-found"
    assert _code(client.post("/api/v9/cases"), 404) == "not-found"


def test_a_method_that_is_not_there_names_those_that_are(intake):
    response = intake.client.delete("/api/v1/cases")
    assert _code(response, 405) == "method-not-allowed"
    assert response.headers["Allow"] == "GET, HEAD, POST"


@pytest.mark.parametrize("raw", [b" ", b"{", b'{"words": "\xff"}', b'{"words": "\\ud800"}', b"[" * 100_000])
def test_a_body_that_cannot_be_read(intake, raw):
    assert intake.post("/cases", raw=raw).status_code in {400, 422}


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"process": "hotline", "channel": "hotline", "words": "\x00"},
        {"process": "hotline", "channel": "hotline", "words": "路灯", "colour": "red"},
        {"process": "hotline", "channel": "hotline", "words": "路灯", "phone": "+86 139"},
        {"process": "hotline", "channel": "hotline", "words": "路灯", "lon": 1e308},
        {"process": "hotline", "channel": "hotline", "words": "路" * 5001},
        {"process": "hotline", "channel": 10**400, "words": "路灯"},
    ],
)
def test_a_body_of_another_shape(intake, body):
    assert _code(intake.post("/cases", body), 422) == "input-shape"


def test_what_is_kept_of_words_has_no_control_characters(intake):
    number = intake.open("路灯\x00坏了\x1b").json()["number"]
    assert intake.get(f"/cases/{number}").json()["inside"]["words"] == "路灯坏了"


def test_a_whole_number_may_be_written_with_a_point(intake):
    number = intake.open().json()["number"]
    refused = intake.post(f"/cases/{number}/moves", {"move": "accept", "inputs": {"satisfied": 2.0}})
    assert refused.status_code == 200
    refused = intake.post(f"/cases/{number}/moves", {"move": "remark", "inputs": {"satisfied": 2.5}})
    assert refused.status_code == 422


def test_a_date_at_the_end_of_time_is_no_fault_of_ours(intake):
    number = intake.open().json()["number"]
    assert intake.move(number, "remark", note="远", review_on="9999-12-31").status_code == 200


def test_a_body_of_another_type(intake):
    assert _code(intake.post("/cases", raw=b"words=x", media="application/x-www-form-urlencoded"), 415)


def test_a_body_that_is_too_large(intake):
    assert _code(intake.post("/cases", raw=b" " * (256 * 1024 + 1)), 413) == "body-too-large"


def test_an_answer_that_cannot_be_given(intake):
    assert _code(intake.get("/cases", Accept="text/html"), 406) == "not-acceptable"
    assert intake.get("/cases", Accept="application/*").status_code == 200


def test_words_are_in_the_language_that_is_asked_for(intake):
    spoken = {
        language: intake.get("/cases/X9", **{"Accept-Language": language})
        for language in ("en", "zh", "fr;q=1, en;q=0.1")
    }
    assert spoken["en"].json()["detail"].startswith("There is no such case")
    assert spoken["zh"].json()["detail"].startswith("没有这个工单")
    assert spoken["fr;q=1, en;q=0.1"].headers["Content-Language"] == "en"


def test_a_session_opens_nothing(county, client):
    token = people.sign_in("linxiao", "hechuan-demo", timezone.now()).token
    client.cookies[people.SESSION_COOKIE] = token
    response = client.get("/api/v1/cases")
    assert _code(response, 401) == "token-unknown"
    assert people.SESSION_COOKIE not in response.cookies


def test_a_form_of_a_foreign_page_needs_no_token_against_forgery_and_gets_nothing(county):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/api/v1/cases", {}, headers={"Origin": "https://evil.example"}).status_code == 401


def _make(login="linxiao", days=30, now=None):
    account = people.find_account(login)
    return people.make_token(account.pk, "t", ["cases:read"], days, by=None, now=now or timezone.now())


def test_a_token_that_has_ended_says_so(county):
    old = _make(days=1, now=timezone.now() - timedelta(days=2))
    assert _code(Machine(old.text).get("/cases"), 401) == "token-ended"
    revoked = _make()
    people.revoke_token(revoked.id, by=None, now=timezone.now())
    assert _code(Machine(revoked.text).get("/cases"), 401) == "token-revoked"


def test_a_token_of_a_closed_account_opens_nothing(county):
    made = _make()
    people.close_account(people.find_account("linxiao").pk, by=None, now=timezone.now())
    assert Machine(made.text).get("/cases").status_code == 401


def test_a_token_asks_so_often_a_minute_and_no_more(settings, machine_of):
    settings.API_RATE_TOKEN = 2
    one, other = machine_of("linxiao"), machine_of("linxiao")
    assert [one.get("/cases").status_code for _ in range(3)] == [200, 200, 429]
    refused = one.get("/cases")
    assert _code(refused, 429) == "requests-too-many"
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert other.get("/cases").status_code == 200


def test_whoever_guesses_tokens_is_slowed_by_their_address(settings, county):
    settings.API_RATE_ADDRESS = 2
    statuses = [Machine(f"hy_{at}").get("/cases").status_code for at in range(3)]
    assert statuses == [401, 401, 429]
    elsewhere = Machine("hy_4").get("/cases", **{"X-Forwarded-For": "203.0.113.9"})
    assert elsewhere.status_code == 401


def test_counts_and_old_keys_are_forgotten(settings, intake):
    settings.API_RATE_TOKEN = 10
    intake.open(key="k-1")
    now = timezone.now()
    assert (people.forget_stale_uses(now), forget_old_keys(now)) == (0, 0)
    later = now + KEPT + timedelta(days=1)
    assert (people.forget_stale_uses(later), forget_old_keys(later)) == (1, 1)
    assert intake.open(key="k-1").json()["number"] == intake.get("/cases").json()["cases"][0]["number"]
