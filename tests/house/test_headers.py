"""What keeps a page safe in the browser: its headers, its cookies, and templates without a line of script."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as product
from django.test import Client
from django.urls import reverse

from huiyin.people.api import SESSION_COOKIE

_TAGS = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
PAGES = ("/", "/report", "/help", "/matters", "/console/sign-in", "/nowhere", "/robots.txt", "/health")


class _Scripts(HTMLParser):
    """Collects what a strict policy would stop: inline script and style, handlers, `javascript:`."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "style" or (tag == "script" and "src" not in given):
            self.found.append(f"<{tag}>")
        if tag in {"iframe", "object", "embed", "base"}:
            self.found.append(f"<{tag}>")
        self.found += [
            f"{tag} {name}" for name, value in attrs
            if name.startswith(("on", "hx-on")) or name == "style" or "javascript:" in (value or "").lower()
        ]  # fmt: skip


def _look(html: str) -> list[str]:
    parser = _Scripts()
    parser.feed(html)
    return parser.found


def test_the_parser_of_this_test_finds_what_it_looks_for() -> None:
    bad = '<p style="x"><a onclick="x" href="JavaScript:x"><script>x</script><style></style><iframe></iframe>'
    assert len(_look(bad)) == 6


def test_no_template_holds_script_style_or_handlers(source: Path) -> None:
    templates = sorted(source.rglob("templates/**/*.html"))
    assert len(templates) > 30
    found = {
        path.name: wrong
        for path in templates
        if (wrong := _look(_TAGS.sub(" ", path.read_text(encoding="utf-8"))))
    }
    assert found == {}


def _check(response: Any, address: str) -> None:
    policy = response.headers["Content-Security-Policy"]
    assert "unsafe" not in policy, address
    assert "default-src 'self'" in policy or "default-src 'none'" in policy, address
    assert "frame-ancestors 'none'" in policy or "sandbox" in policy, address
    assert response.headers["X-Frame-Options"] == "DENY", address
    assert response.headers["X-Content-Type-Options"] == "nosniff", address
    assert response.headers["Referrer-Policy"] in {"same-origin", "no-referrer"}, address
    if response.headers.get("Content-Type", "").startswith("text/html") and not response.streaming:
        assert _look(response.content.decode()) == [], address


@pytest.mark.django_db
@pytest.mark.parametrize("address", PAGES)
def test_every_page_for_everybody_has_a_strict_policy(address: str, county: None) -> None:
    _check(Client().get(address), address)


@pytest.mark.django_db
def test_every_page_in_the_menu_of_every_role_has_a_strict_policy(
    people_of_every_role: dict[str, Client], a_case: str
) -> None:
    visited = set()
    for client in people_of_every_role.values():
        page = client.get(reverse("console:worklist"))
        _check(page, "worklist")
        for address in set(re.findall(r'href="(/console/[^"#?]*)"', page.content.decode())) - visited:
            visited.add(address)
            _check(client.get(address), address)
    _check(people_of_every_role["dispatcher"].get(f"/console/cases/{a_case}"), "case")
    assert len(visited) > 10


def test_cookies_are_out_of_reach_over_https(settings: Any, client: Client, county: None) -> None:
    settings.SECURE_COOKIES = settings.CSRF_COOKIE_SECURE = True
    client.get("/report")
    client.get("/language/en")
    signed = client.post("/console/sign-in", {"login": "hemin", "password": "hechuan-demo"})
    assert client.cookies[SESSION_COOKIE]["httponly"]
    assert client.cookies[SESSION_COOKIE]["secure"]
    assert client.cookies["huiyin_csrf"]["httponly"]
    for name, cookie in client.cookies.items():
        assert cookie["samesite"] in {"Lax", "Strict"}, name
        assert cookie["secure"], name
    assert signed.headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_a_public_https_address_makes_cookies_secure_by_itself(source: Path) -> None:
    assert 'default=PUBLIC_ADDRESS.startswith("https://")' in (source / "app/settings.py").read_text()
    assert product.DEBUG is False
