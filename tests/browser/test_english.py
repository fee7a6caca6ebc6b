"""In English the pages' own words are English; only what people wrote and names stay as they are."""

from __future__ import annotations

import re

import pytest

from browser import staff
from browser.conftest import Open
from browser.product import Site

CHINESE = re.compile(r"[\u4e00-\u9fff]")
# What the page itself says: headings, menus, labels, buttons, table heads, hints of fields. Chips are data.
OWN = "h1, h2, nav.side a, .side-title, .label, legend, button:not(.chip), thead th, .hint, .btn, .tabs a"
# The switch to the other language, and the number of a notice, are written in their own language.
KEPT = re.compile(r"中文|国办发明电〔2026〕1号")
PAGES = [
    *(("", path) for path in ("/", "/report", "/find", "/matters", "/help")),
    *((staff.INTAKE, path) for path in ("/console/cases?tab=all", "/console/intake", "/console/stuck")),
    (staff.VISITOR, "/console/visits/new"),
    (staff.DISPATCHER, "/console/ledger"),
    (staff.CENTRE, "/console/triage/thresholds"),
    *((staff.ADMIN, path) for path in ("/console/processes/through-train", "/console/workdays")),
]


@pytest.mark.parametrize(("login", "path"), PAGES, ids=[path for _, path in PAGES])
def test_the_words_of_a_page_are_english(open_page: Open, site: Site, login: str, path: str) -> None:
    page = open_page("desktop", login)
    page.context.add_cookies([{"name": "huiyin_language", "value": "en", "url": site.address}])
    page.goto(path)
    assert page.locator("html").get_attribute("lang") == "en"
    said = [KEPT.sub("", words) for words in page.locator(OWN).all_inner_texts()]
    assert [words for words in said if CHINESE.search(words)] == []
