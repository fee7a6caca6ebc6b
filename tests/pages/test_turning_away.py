"""Whoever is turned away learns why and what to do, and loses no word."""

from __future__ import annotations

import pytest
from django.test import Client

from huiyin.pages.turning_away import CROWDED, CUT_OFF, NO_LENGTH, PAUSE, TURNED_AWAY

TYPED = {"words": "<b>停水</b>两周了", "place": "锦绣小区", "password": "hunter2", "client_key": "k-1"}


def turned_away(why=CROWDED, **more):
    return Client(**{TURNED_AWAY: why, PAUSE: 7}, **more)


def test_a_page_says_in_both_languages_when_to_come_again():
    client = turned_away()
    chinese = client.get("/hello")
    client.cookies.load({"huiyin_language": "en"})
    english = client.get("/hello")
    for response, words in (
        (chinese, "请等几秒再发一次"),
        (english, "Wait a few seconds, and send it again."),
    ):
        assert response.status_code == 503
        assert response.headers["Retry-After"] == "7"
        assert words in response.text
        assert "Content-Security-Policy" in response.headers


@pytest.mark.parametrize("address", ["/hello", "/console/hello"])
def test_a_form_keeps_what_was_typed_and_can_be_sent_again(address):
    client = turned_away(enforce_csrf_checks=True)
    response = client.post(address, TYPED)
    assert response.status_code == 503
    assert "&lt;b&gt;停水&lt;/b&gt;" in response.text
    assert "hunter2" not in response.text
    assert 'name="client_key" value="k-1"' in response.text
    token = response.text.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    later = Client(enforce_csrf_checks=True)
    later.cookies = client.cookies
    assert later.post("/hello", {**TYPED, "csrfmiddlewaretoken": token}).status_code == 200


@pytest.mark.parametrize(("language", "words"), [("zh", "请等几秒再发一次"), ("en", "send it again")])
def test_a_machine_gets_a_problem_in_its_language(language, words):
    response = turned_away().post("/api/v1/cases", headers={"accept-language": language})
    assert (response.status_code, response.headers["Content-Type"]) == (503, "application/problem+json")
    assert response.headers["Retry-After"] == "7"
    told = response.json()
    assert (told["code"], told["status"]) == ("crowded", 503)
    assert words in told["detail"]


@pytest.mark.parametrize(("why", "status"), [(NO_LENGTH, 411), (CUT_OFF, 400)])
@pytest.mark.parametrize("address", ["/hello", "/api/v1/cases"])
def test_what_cannot_be_taken_is_no_fault_of_ours(why, status, address):
    response = turned_away(why).post(address)
    assert response.status_code == status
    assert "Retry-After" not in response.headers


def test_nobody_turns_himself_away():
    response = Client().get("/hello", headers={TURNED_AWAY: CROWDED})
    assert response.status_code == 200
