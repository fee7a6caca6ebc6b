"""The main thing on a page is drawn soon, on a slow line and on a slow machine."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from browser import staff
from browser.citizen import report
from browser.conftest import Open

SLOW_4G = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
SLOWER = 4  # times slower than this machine's processor
WANTED, TOLERATED = 2000, 2500  # milliseconds; a machine that runs tests is busy with other things as well
LARGEST = """() => new Promise(done => new PerformanceObserver(
    list => done(Math.max(...list.getEntries().map(one => one.startTime)))
).observe({type: 'largest-contentful-paint', buffered: true}))"""


def _measure(page: Page, path: str) -> int:
    """Milliseconds until the largest content of `path` is drawn, on its first visit."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.clearBrowserCache")
    session.send("Network.emulateNetworkConditions", SLOW_4G)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(path, wait_until="load")
    return int(page.evaluate(LARGEST))


def _is_soon(page: Page, path: str) -> bool:
    """Whether it is drawn in time; a visit that was late may be made once more."""
    took = _measure(page, path)
    if took > WANTED:
        took = min(took, _measure(page, path))
    return took <= TOLERATED


@pytest.mark.parametrize("path", ["/", "/report", "/matters"])
def test_a_citizens_page_is_drawn_soon_on_slow_4g(open_page: Open, path: str) -> None:
    assert _is_soon(open_page("phone"), path)


def test_following_a_matter_is_drawn_soon_on_slow_4g(open_page: Open) -> None:
    link = report(open_page("phone"))
    assert _is_soon(open_page("phone"), link)


@pytest.mark.parametrize("path", ["/console/cases?tab=all", "/console/intake"])
def test_a_page_of_the_staff_is_drawn_soon_on_slow_4g(open_page: Open, path: str) -> None:
    assert _is_soon(open_page("desktop", staff.INTAKE), path)
