"""Every page can be used by everybody: no barrier that axe finds, nothing wider than a small phone."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import pytest
from playwright.sync_api import Page

from browser import staff
from browser.barriers import demand_open, find_barriers, is_too_wide
from browser.citizen import report
from browser.conftest import Open
from browser.product import Site

CITIZEN = ["/", "/report", "/find", "/matters", "/help", "/p/HC0001", "/p/HC0001/poster"]
DESK = ["/console/intake", "/console/stuck", "/console/messages", "/console/notices", "/console/password"]
RULED = ["/console/processes", "/console/processes/through-train", "/console/places", "/console/workdays"]
LEDGER = [f"/console/ledger/{view}" for view in ("take", "sort", "check", "hand", "count")]
LISTS = ["/console/cases", "/console/cases?tab=all", "/console/cases?q=没有这样的事"]
PAGES = [
    *(("", path) for path in CITIZEN),
    ("", "/console/sign-in"),
    *((staff.INTAKE, path) for path in DESK),
    *((staff.DISPATCHER, path) for path in (*LISTS, *LEDGER)),
    *((staff.ADMIN, path) for path in (*RULED, "/console/cases")),
    (staff.VISITOR, "/console/visits/new"),
]


@pytest.mark.parametrize("size", ["desktop", "narrow"])
@pytest.mark.parametrize(("login", "path"), PAGES, ids=[path for _, path in PAGES])
def test_nothing_stands_in_the_way(
    desks: Callable[[str, str], Page], login: str, path: str, size: str
) -> None:
    demand_open(desks(size, login), path, size)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("path", CITIZEN[:6])
def test_nothing_stands_in_the_way_of_large_print(
    open_page: Open, site: Site, path: str, language: str
) -> None:
    page = open_page("narrow", bypass_csp=True)
    cookies = {"huiyin_print": "large", "huiyin_language": language}
    page.context.add_cookies(
        [{"name": name, "value": value, "url": site.address} for name, value in cookies.items()]
    )
    page.goto(path)
    assert "large" in page.locator("html").get_attribute("class")
    assert find_barriers(page) == []
    assert not is_too_wide(page)


def _numbers(site: Site) -> list[str]:
    """One case of each stage that the demo county has come to rest at."""
    with psycopg.connect(site.database_url) as connection:
        rows = connection.execute("SELECT min(number) FROM cases_case GROUP BY process, stage ORDER BY 1")
        return [row[0] for row in rows][:8]


def test_nothing_stands_in_the_way_on_a_case_at_any_stage(
    desks: Callable[[str, str], Page], site: Site
) -> None:
    page, narrow = desks("desktop", staff.DISPATCHER), desks("narrow", staff.CENTRE)
    for number in _numbers(site):
        for screen in (page, narrow):
            screen.goto(f"/console/cases/{number}")
            assert find_barriers(screen) == [], number
            assert not is_too_wide(screen), number
    page.goto(f"/console/cases/{number}/record")
    assert find_barriers(page) == []


def test_nothing_stands_in_the_way_of_following_a_matter(open_page: Open) -> None:
    page = open_page("narrow", bypass_csp=True)
    link = report(page)
    assert find_barriers(page) == []
    page.goto(link)
    assert find_barriers(page) == []
    assert not is_too_wide(page)
