"""A lost network, a double tap and a lost answer neither lose a report nor double it."""

from __future__ import annotations

from playwright.sync_api import Page, Route, expect

from browser.citizen import write_report
from browser.product import Site
from browser.watching import Watch

SEND = "form button.btn-main"


def _count(site: Site, words: str) -> int:
    return site.count("SELECT count(*) FROM cases_casetext WHERE words = %s", words)


def test_a_double_tap_makes_one_report(phone: Page, site: Site) -> None:
    write_report(phone, "双击试一试：井盖响了一夜")
    phone.locator(SEND).dblclick()
    phone.wait_for_url("**/received/**")
    assert _count(site, "双击试一试：井盖响了一夜") == 1


def test_without_a_network_the_words_are_kept_and_sent_when_it_is_back(
    phone: Page, site: Site, watch: Watch
) -> None:
    watch.meant.append("ERR_INTERNET_DISCONNECTED")
    words = "断网试一试：公交站牌倒了"
    write_report(phone, words)
    phone.context.set_offline(True)
    phone.click(SEND)
    expect(phone.locator("#spoken")).to_contain_text("没有网络")
    expect(phone.locator("#id_words")).to_have_value(words)
    assert _count(site, words) == 0
    phone.context.set_offline(False)
    phone.wait_for_url("**/received/**", timeout=30_000)
    assert _count(site, words) == 1


def test_when_the_answer_is_lost_sending_again_makes_no_second_report(
    phone: Page, site: Site, watch: Watch
) -> None:
    watch.meant.append("ERR_FAILED")
    words = "丢了回执试一试：路面塌了一块"

    def lose(route: Route) -> None:
        if route.request.method == "POST":
            route.fetch(max_redirects=0)
            route.abort()
        else:
            route.continue_()

    write_report(phone, words)
    phone.route("**/report", lose)
    phone.click(SEND)
    phone.wait_for_timeout(1500)
    assert _count(site, words) == 1
    phone.unroute("**/report")
    if "/received/" not in phone.url:
        phone.locator(SEND).click(timeout=30_000)
    phone.wait_for_url("**/received/**", timeout=30_000)
    assert _count(site, words) == 1
