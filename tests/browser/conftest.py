"""What the browser tests share: the running product, one Chromium, pages of three sizes, signing in."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from browser.product import ARGUMENTS, Site, run_product
from browser.staff import sign_in
from browser.watching import Watch

DAYS = 9  # enough for a full page of the worklist
BESIDE = os.environ["HUIYIN_DATABASE_URL"]  # before any test plays with the environment
SIZES = {"desktop": (1440, 900), "phone": (390, 844), "narrow": (320, 640)}
Open = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser's tests run last: Playwright keeps an event loop here, which Django's own tests refuse."""
    for item in items:
        if "browser" in item.path.parent.parts[-1:]:
            item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """The product with its demo county; it is stopped here too, and leaves nothing behind."""
    os.environ["HUIYIN_DATABASE_URL"] = BESIDE
    with run_product(DAYS) as site:
        yield site


@pytest.fixture(scope="session")
def browser(site: Site) -> Iterator[Browser]:
    """One Chromium for all tests."""
    path = os.environ.get("HUIYIN_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path or None, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Hears what the pages complain about; anything that was not meant fails the test."""
    watch = Watch()
    yield watch
    assert watch.complaints() == []


@pytest.fixture
def open_page(site: Site, browser: Browser, watch: Watch) -> Iterator[Open]:
    """`open_page("phone", login="hemin", java_script_enabled=False)`: a page of a new context."""
    contexts: list[BrowserContext] = []

    def open_page(size: str = "desktop", login: str = "", **options: Any) -> Page:
        width, height = SIZES[size]
        context = browser.new_context(
            base_url=site.address, viewport={"width": width, "height": height}, locale="zh-CN", **options
        )
        contexts.append(context)
        context.set_default_timeout(10_000)
        watch.listen(context)
        if login:
            sign_in(context, login)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_page: Open) -> Page:
    """A desk's screen, nobody signed in."""
    return open_page("desktop")


@pytest.fixture
def phone(open_page: Open) -> Page:
    """A citizen's phone."""
    return open_page("phone")
