"""Built files: budgets, icons, and what must not be in them."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from huiyin.pages import assets

SOURCES = Path(assets.__file__).resolve().parents[1]
KB = 1024


def packed(name: str) -> int:
    return len(gzip.compress((assets.DIST / assets.read_manifest().files[name]).read_bytes(), 9))


def page_size(client, address: str) -> int:
    return len(gzip.compress(client.get(address).content, 9))


def test_the_staffs_first_load_is_at_most_40_kb(client):
    files = sum(packed(name) for name in ("console.css", "console.js", "console.svg", "mark.svg"))
    rows = (
        11 * KB
    )  # a drawn worklist of 50 rows beyond the frame itself; htmx follows with the first touch or key
    assert files + page_size(client, "/console/hello") + rows <= 40 * KB


def test_the_citizens_first_load_is_at_most_15_kb(client):
    files = sum(packed(name) for name in ("portal.css", "portal.js", "portal.svg"))
    assert files + page_size(client, "/hello") <= 15 * KB


def test_every_file_has_its_compressed_siblings():
    for name in assets.read_manifest().files.values():
        assert (assets.DIST / f"{name}.gz").is_file()
        assert (assets.DIST / f"{name}.br").is_file()


@pytest.mark.parametrize("name", ["console.css", "portal.css"])
def test_styles_speak_what_old_browsers_understand(name):
    text = (assets.DIST / assets.read_manifest().files[name]).read_text(encoding="utf-8")
    assert not re.search(r":has\(|oklch|color-mix|@layer|(?<![\w-])inset:", text)


def test_every_icon_that_a_template_names_is_in_the_sprite():
    icons = assets.read_manifest().icons["console"]
    named: set[str] = set()
    for path in SOURCES.glob("*/templates/**/*.html"):
        named |= set(re.findall(r"icon\('([a-z0-9-]+)'", path.read_text(encoding="utf-8")))
    assert named - icons == set()


def test_citizens_load_their_own_small_sprite(client):
    manifest = assets.read_manifest()
    assert manifest.files["portal.svg"] in client.get("/hello").text
    assert manifest.files["console.svg"] not in client.get("/hello").text


def test_an_icon_is_silent_unless_it_is_named():
    assert 'aria-hidden="true"' in assets.icon("phone")
    assert 'aria-label="电话 &lt;"' in assets.icon("phone", "电话 <")


def test_an_unknown_icon_is_a_dot_and_not_a_failure():
    assert "#circle-dot" in assets.icon("no-such-icon")


def test_no_page_carries_inline_style_or_script():
    for path in SOURCES.glob("*/templates/**/*.html"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)", text), path
