"""The first load is light enough for a slow line, and drawn soon on it."""

from __future__ import annotations

from typing import Any

import pytest

from browser import staff
from browser.citizen import report
from browser.conftest import Open

STAFF_KB, CITIZEN_KB = 40, 15
SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 90_000}
LCP = """() => new Promise(done => new PerformanceObserver(list => done(Math.max(
    ...list.getEntries().map(one => one.startTime)))).observe({type: 'largest-contentful-paint', buffered: true}))"""


def _weigh(page: Any, path: str) -> int:
    """Bytes of content, packed as they come over the line, for the first visit to `path`."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.clearBrowserCache")
    loaded: list[int] = []
    session.on("Network.dataReceived", lambda told: loaded.append(int(told["encodedDataLength"])))
    page.goto(path, wait_until="networkidle")
    return sum(loaded)


@pytest.mark.parametrize(
    "path", ["/console/cases?tab=all", "/console/intake", "/console/ledger", "/console/workdays"]
)
def test_a_page_of_the_staff_weighs_at_most_40_kb(open_page: Open, path: str) -> None:
    assert _weigh(open_page("desktop", staff.INTAKE), path) <= STAFF_KB * 1024


@pytest.mark.parametrize("path", ["/", "/report", "/matters", "/p/HC0001", "/find", "/help"])
def test_a_page_of_the_citizens_weighs_at_most_15_kb(open_page: Open, path: str) -> None:
    assert _weigh(open_page("phone"), path) <= CITIZEN_KB * 1024


def test_following_a_matter_weighs_at_most_15_kb(open_page: Open) -> None:
    link = report(open_page("phone"))
    assert _weigh(open_page("phone"), link) <= CITIZEN_KB * 1024


@pytest.mark.parametrize("path", ["/", "/report"])
def test_a_citizens_page_is_drawn_within_two_seconds_on_slow_4g(open_page: Open, path: str) -> None:
    page = open_page("phone")
    page.goto("/health")
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW_4G)
    page.goto(path)
    assert page.evaluate(LCP) <= 2000
