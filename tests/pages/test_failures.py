"""Pages for when something did not work."""

from __future__ import annotations

import pytest
from django.test import Client

TYPED = {"words": "<b>停水</b>两周了，" * 20, "place": "锦绣小区", "password": "hunter2", "client_key": "k-1"}


@pytest.mark.parametrize(
    ("address", "status"), [("/nowhere", 404), ("/lost", 404), ("/forbidden", 403), ("/broken", 500)]
)
@pytest.mark.parametrize("face", ["", "/console"])
def test_every_failure_says_what_happened_and_offers_a_way_on(client, address, status, face):
    response = client.get(face + address)
    assert response.status_code == status
    assert response.text.count("<h1>") == 1
    assert 'class="btn"' in response.text


def test_our_own_fault_has_a_number_to_be_found_by(client):
    response = client.get("/broken")
    assert response.headers["X-Request-Id"] in response.text


@pytest.fixture
def strict() -> Client:
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


def test_a_form_whose_token_ran_out_keeps_what_was_typed(strict):
    response = strict.post("/hello", TYPED)
    assert response.status_code == 403
    assert "&lt;b&gt;停水&lt;/b&gt;" in response.text
    assert "锦绣小区" in response.text
    assert "hunter2" not in response.text
    assert 'name="client_key" value="k-1"' in response.text


def test_it_can_be_sent_again_with_a_fresh_token(strict):
    first = strict.post("/hello", TYPED)
    token = first.text.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    again = strict.post("/hello", {**TYPED, "csrfmiddlewaretoken": token})
    assert again.status_code == 200


def test_a_form_from_a_foreign_page_can_only_be_read(strict):
    response = strict.post("/hello", TYPED, headers={"origin": "https://evil.example"})
    assert response.status_code == 403
    assert '<form method="post" action="/hello"' not in response.text
    assert "readonly" in response.text


@pytest.mark.parametrize("address", ["/away", "/console/away", "/console/away-with-menu"])
def test_a_database_that_is_away_is_told_with_when_to_try_again_and_nothing_typed_is_lost(address):
    client = Client(raise_request_exception=False)
    response = client.post(address, TYPED)
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "5"
    assert "&lt;b&gt;停水&lt;/b&gt;" in response.text
    assert "hunter2" not in response.text
    assert 'name="client_key" value="k-1"' in response.text


def test_a_machine_is_told_of_an_outage_as_a_problem():
    client = Client(raise_request_exception=False)
    response = client.get("/away", headers={"Accept": "application/json"})
    assert (response.status_code, response.headers["Content-Type"]) == (503, "application/problem+json")
    assert response.json()["code"] == "database-away"


def test_a_full_disk_is_an_outage_and_a_missing_file_is_our_fault():
    client = Client(raise_request_exception=False)
    assert client.get("/full").status_code == 503
    assert client.get("/broken").status_code == 500
