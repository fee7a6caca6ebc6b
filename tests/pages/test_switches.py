"""The switches of language and print size."""

from __future__ import annotations

import pytest


def test_chinese_is_the_language_whatever_the_browser_prefers(client):
    response = client.get("/hello", headers={"accept-language": "en"})
    assert response.headers["Content-Language"] == "zh-CN"
    assert '<html lang="zh-CN"' in response.text


def test_english_stays_once_chosen(client):
    response = client.get("/language/en?next=/hello%3Fa=1")
    assert response.headers["Location"] == "/hello?a=1"
    page = client.get("/hello").text
    assert '<html lang="en"' in page
    assert "Skip to content" in page
    assert "跳到正文" not in page


def test_large_print_is_a_class_set_by_the_server(client):
    assert 'class="portal"' in client.get("/hello").text
    client.get("/print/large?next=/hello")
    assert 'class="portal large"' in client.get("/hello").text
    client.get("/print/plain?next=/hello")
    assert 'class="portal"' in client.get("/hello").text


@pytest.mark.parametrize(
    "evil", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "evil"]
)
def test_a_switch_never_leads_to_another_site(client, evil):
    assert client.get("/language/en", {"next": evil}).headers["Location"] == "/"


def test_other_languages_and_sizes_do_not_exist(client):
    assert client.get("/language/fr").status_code == 404
    assert client.get("/print/huge").status_code == 404


def test_the_cookies_are_not_for_scripts(client):
    cookie = client.get("/language/en").cookies["huiyin_language"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
