"""Headers on every response, and refusals in the form that was asked for."""

from __future__ import annotations

import pytest

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.pages.failures import status_of


@pytest.mark.parametrize(
    "address", ["/hello", "/nowhere", "/broken", "/forbidden", "/refused/too-early", "/language/en"]
)
def test_every_response_carries_the_safety_headers(client, address):
    headers = client.get(address).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "no-cache" in headers["Cache-Control"]
    assert len(headers["X-Request-Id"]) == 16


def test_a_refusal_is_a_page_with_the_words_the_rule_and_a_way_back(client):
    response = client.get("/refused/too-early", headers={"referer": "http://testserver/hello?a=1"})
    assert response.status_code == 409
    assert "还差&lt;签收&gt;这一步" in response.text
    assert "办法第十二条" in response.text
    assert 'href="/hello?a=1"' in response.text


def test_a_foreign_page_is_no_way_back(client):
    page = client.get("/console/refused/too-early", headers={"referer": "http://evil.example/x"}).text
    assert "evil.example" not in page
    assert 'href="/console/"' in page


def test_htmx_gets_a_fragment_for_the_place_of_notices(client):
    response = client.get("/console/refused/too-early", headers={"hx-request": "true"})
    assert response.status_code == 409
    assert response.headers["HX-Retarget"] == "#notices"
    assert "<html" not in response.text
    assert "还差&lt;签收&gt;这一步" in response.text


def test_a_machine_gets_json(client):
    response = client.get("/refused/too-early", headers={"accept": "application/json"})
    assert response.json() == {
        "code": "too-early",
        "words": "还差<签收>这一步",
        "rule": "办法第十二条",
        "field": "words",
    }


def test_a_refusal_speaks_the_readers_language(client):
    client.get("/language/en")
    assert "It is not &lt;signed for&gt; yet" in client.get("/refused/too-early").text


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("case-not-found", 404),
        ("not-allowed", 403),
        ("wrong-role", 403),
        ("sign-in", 401),
        ("stage-differs", 409),
    ],
)
def test_the_status_follows_from_the_code(code, status):
    assert status_of(Refusal(code, Words("不"))) == status
