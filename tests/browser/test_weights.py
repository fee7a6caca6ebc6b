"""The first load is light enough for a slow line."""

from __future__ import annotations

from typing import Any

import pytest

from browser import staff
from browser.citizen import report
from browser.conftest import Open
from browser.product import Site

STAFF_KB, CITIZEN_KB = 40, 15


def _weigh(page: Any, path: str) -> int:
    """Bytes of content, packed as they come over the line, for the first visit to `path`."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.clearBrowserCache")
    loaded: list[int] = []
    session.on("Network.dataReceived", lambda told: loaded.append(int(told["encodedDataLength"])))
    page.goto(path, wait_until="networkidle")
    return sum(loaded)


@pytest.mark.parametrize("path", ["/console/intake", "/console/ledger", "/console/workdays"])
def test_a_page_of_the_staff_weighs_at_most_40_kb(open_page: Open, path: str) -> None:
    assert _weigh(open_page("desktop", staff.INTAKE), path) <= STAFF_KB * 1024


@pytest.mark.parametrize("path", ["/", "/report", "/matters", "/p/HC0001", "/find", "/help"])
def test_a_page_of_the_citizens_weighs_at_most_15_kb(open_page: Open, path: str) -> None:
    assert _weigh(open_page("phone"), path) <= CITIZEN_KB * 1024


def test_fifty_cases_in_a_list_weigh_at_most_40_kb(open_page: Open) -> None:
    page = open_page("desktop", staff.DISPATCHER)
    assert _weigh(page, "/console/cases?tab=all") <= STAFF_KB * 1024
    assert page.locator(".worklist tbody tr").count() == 50


def test_one_case_with_all_that_happened_weighs_at_most_40_kb(open_page: Open, site: Site) -> None:
    moved = "SELECT number FROM cases_case WHERE closed_at IS NULL ORDER BY version DESC, number LIMIT 1"
    page = open_page("desktop", staff.DISPATCHER)
    assert _weigh(page, f"/console/cases/{site.find(moved)}") <= STAFF_KB * 1024


def test_following_a_matter_weighs_at_most_15_kb(open_page: Open) -> None:
    link = report(open_page("phone"))
    assert _weigh(open_page("phone"), link) <= CITIZEN_KB * 1024
