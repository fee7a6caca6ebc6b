"""What holds for every citizens' page: size, language, large print, no script needed."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from huiyin.pages.assets import DIST, read_manifest

PATHS = ["/", "/find", "/matters", "/report", "/report?place=HC0003", "/p/HC0003", "/help"]
FIRST_LOAD = 15 * 1024


def asset_bytes():
    files = read_manifest().files
    return sum(
        Path(DIST, f"{files[name]}.gz").stat().st_size
        for name in ("portal.css", "portal.js", "portal.svg", "favicon.svg")
    )


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_first_load_is_at_most_15_kb(client, path, language):
    client.cookies["huiyin_language"] = language
    page = gzip.compress(client.get(path).content, 6)
    assert len(page) + asset_bytes() <= FIRST_LOAD


def test_the_page_of_a_matter_is_light_too(client, report):
    page = gzip.compress(client.get(report().dispatch().path).content, 6)
    assert len(page) + asset_bytes() <= FIRST_LOAD


@pytest.mark.parametrize("path", PATHS)
def test_every_icon_is_in_the_citizens_own_sprite(client, path):
    page = client.get(path).content.decode()
    assert "console." not in page
    assert "circle-dot" not in page


@pytest.mark.parametrize("path", PATHS)
def test_english_is_complete(client, path):
    client.cookies["huiyin_language"] = "en"
    page = re.sub(
        r'<a class="tool"[^>]*lang="zh".*?</a>|data-words="[^"]*"', "", client.get(path).content.decode()
    )
    assert re.findall(r"[\u4e00-\u9fff]+", page) == []


@pytest.mark.parametrize("path", PATHS)
def test_large_print_is_a_class_of_the_server(client, path):
    client.cookies["huiyin_print"] = "large"
    assert 'class="portal large"' in client.get(path).content.decode()


@pytest.mark.parametrize("path", PATHS)
def test_no_page_has_inline_script_or_style(client, path):
    page = client.get(path).content.decode()
    assert not re.search(r"<script(?![^>]*src=)|<style| style=| on\w+=\"", page)


def test_help_tells_of_phone_window_and_personal_data(client):
    page = client.get("/help").content.decode()
    assert "不会用手机也能办" in page
    assert 'id="privacy"' in page
    assert page.count("tel:0999") > 3


def test_robots_are_kept_from_what_belongs_to_one_person(client):
    robots = client.get("/robots.txt").content.decode()
    assert "Disallow: /t/" in robots
    assert "Disallow: /received/" in robots


def test_every_form_posts_with_a_token(client):
    for path in PATHS:
        for form in re.findall(r"<form.*?</form>", client.get(path).content.decode(), re.DOTALL):
            assert 'method="post"' in form
            assert "csrfmiddlewaretoken" in form
