"""How a citizen uses the phone page in the tests."""

from __future__ import annotations

from playwright.sync_api import Page

WORDS = "文庙社区三号楼前的路灯坏了三天，晚上看不见路"


def write_report(page: Page, words: str = WORDS, phone: str = "10100004321") -> None:
    """Fill the report in and leave it unsent."""
    page.goto("/report")
    page.locator("input[name=kind]").first.check(force=True)
    page.fill("#id_words", words)
    page.fill("#id_phone", phone)


def report(page: Page, words: str = WORDS) -> str:
    """Report a matter; the address of its tracking page."""
    write_report(page, words)
    page.click("form button.btn-main")
    page.wait_for_url("**/received/**")
    return page.url.replace("/received/", "/t/")
