"""Every page can be used by everybody: no barrier that axe finds, nothing wider than a small phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from playwright.sync_api import Browser, Page

from browser import staff
from browser.citizen import report
from browser.conftest import SIZES, Open
from browser.product import Site
from browser.village import CODE, LOGINS
from browser.watching import Watch

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
CITIZEN = ["/", "/report", "/find", "/matters", "/help", "/p/HC0001", "/p/HC0001/poster"]
DESK = ["/console/intake", "/console/stuck", "/console/messages", "/console/notices", "/console/password"]
RULED = ["/console/processes", "/console/processes/through-train", "/console/places", "/console/workdays"]
SETUP = [
    "/console/setup",
    *(
        f"/console/setup/{part}"
        for part in ("units", "accounts", "categories", "limits", "processes", "days")
    ),
    *(f"/console/setup/{part}/new" for part in ("units", "categories", "replies", "posts")),
    "/console/setup/accounts/entry/hemin",
    "/console/setup/accounts/entry/hemin/history",
    "/console/setup/limits/entry/hotline.handle.ordinary",
    "/console/setup/categories/entry/01",
    "/console/setup/channels/upload",
]
MACHINES = ["/console/webhooks", "/console/peers"]
LEDGER = [f"/console/ledger/{view}" for view in ("take", "sort", "check", "hand", "count")]
OWN = ["/console/second-factor", "/console/sessions"]
SIGNING = ["/console/security/rules", "/console/security/accounts", "/console/security/sign-ins"]
COURT = ["/console/court", "/console/precedents", "/console/returns", "/console/returns/cases"]
REPLIES = ["/console/replies", "/console/replies?view=units", "/console/replies/rules"]
TRIAGE = [
    f"/console/triage{page}" for page in ("", "/thresholds", "/thresholds/010101", "/outcomes", "/words")
]
VILLAGES = [
    f"/console/villages{page}"
    for page in (
        *(
            "/",
            "/income",
            "/limits/filing-line",
            "/inventories/differences",
            "/all/statements",
            "/membership",
            "/distributions",
        ),
        *("/oversight/filings", "/oversight/hints", "/all/cooperatives", "/all/benefits", "/all/platform"),
    )
]
VILLAGE = [
    f"/console/villages/{CODE}{page}"
    for page in (
        *("", "/books", "/books/new", "/books/trial", "/books/balance-sheet", "/contracts", "/spending/new"),
        *("/assets", "/members", "/rounds", "/meetings/new", "/officers", "/shares", "/distributions/new"),
        "/postings",
    )
]
LISTS = ["/console/cases", "/console/cases?tab=all", "/console/cases?q=没有这样的事"]
PAGES = [
    *(("", path) for path in CITIZEN),
    ("", "/console/sign-in"),
    *((staff.INTAKE, path) for path in DESK),
    *((staff.DISPATCHER, path) for path in (*LISTS, *LEDGER)),
    *((staff.ADMIN, path) for path in (*RULED, *SETUP, *MACHINES, "/console/cases")),
    *((staff.INTAKE, path) for path in OWN),
    *((staff.SECURITY, path) for path in SIGNING),
    *((staff.CENTRE, path) for path in (*COURT, *REPLIES, *TRIAGE)),
    (staff.VISITOR, "/console/visits/new"),
    *((LOGINS["rural"], path) for path in VILLAGES),
    *((LOGINS["bookkeeper"], path) for path in VILLAGE),
]


@pytest.fixture(scope="module")
def desks(site: Site, browser: Browser) -> Iterator[Callable[[str, str], Page]]:
    """`desks("narrow", "hemin")`: a page of that size, signed in once for all pages."""
    watch, pages = Watch(), {}

    def find(size: str, login: str) -> Page:
        if (size, login) not in pages:
            width, height = SIZES[size]
            view = {"width": width, "height": height}
            context = browser.new_context(
                base_url=site.address, viewport=view, locale="zh-CN", bypass_csp=True
            )
            watch.listen(context)
            if login:
                staff.sign_in(context, login)
            pages[size, login] = context.new_page()
        return pages[size, login]

    yield find
    for page in pages.values():
        page.context.close()
    assert watch.complaints() == []


def _barriers(page: Any) -> list[str]:
    """What axe finds on the page, each with its rule and the place. The whole page is in sight at once."""
    view = page.viewport_size
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": view["width"], "height": min(max(height, view["height"]), 8000)})
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]


def _is_too_wide(page: Any) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))


@pytest.mark.parametrize("size", ["desktop", "narrow"])
@pytest.mark.parametrize(("login", "path"), PAGES, ids=[path for _, path in PAGES])
def test_nothing_stands_in_the_way(
    desks: Callable[[str, str], Page], login: str, path: str, size: str
) -> None:
    page = desks(size, login)
    page.set_viewport_size(dict(zip(("width", "height"), SIZES[size], strict=True)))
    assert page.goto(path).status == 200
    assert _barriers(page) == []
    assert size == "desktop" or not _is_too_wide(page)


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
    assert _barriers(page) == []
    assert not _is_too_wide(page)


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
            assert _barriers(screen) == [], number
            assert not _is_too_wide(screen), number
    page.goto(f"/console/cases/{number}/record")
    assert _barriers(page) == []


def test_nothing_stands_in_the_way_of_following_a_matter(open_page: Open) -> None:
    page = open_page("narrow", bypass_csp=True)
    link = report(page)
    assert _barriers(page) == []
    page.goto(link)
    assert _barriers(page) == []
    assert not _is_too_wide(page)
