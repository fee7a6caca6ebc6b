"""Without JavaScript a matter goes all the way: reported, added to, hurried, handled, answered, rated."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from browser import staff
from browser.citizen import report
from browser.conftest import Open
from browser.product import Site


def _say(page: Page, link: str, move: str, words: str) -> None:
    """Open the fold of a move of the person, write, send."""
    page.goto(link)
    page.locator(f"#{move} summary").click()
    page.fill(f"#form-{move} textarea", words)
    page.click(f"#form-{move} .form-end button")
    expect(page.locator("#notices .notice-green")).to_be_visible()


def test_a_matter_goes_all_the_way_without_javascript(open_page: Open, site: Site) -> None:
    phone = open_page("phone", java_script_enabled=False)
    link = report(phone, "不用脚本试一试：文庙社区的水管漏水")
    number = link.split("/t/")[1].split("/")[0]
    _say(phone, link, "add_words", "就在文庙门口")
    expect(phone.locator("main")).to_contain_text("就在文庙门口")
    _say(phone, link, "hurry", "请快一点")

    def move(login: str, key: str, **fields: str) -> None:
        staff.make_move(open_page("desktop", login, java_script_enabled=False), number, key, fields)

    water = site.find("SELECT id FROM people_unit WHERE key = 'water'")
    leak = site.find("SELECT id FROM register_category WHERE code = '010104'")
    move(staff.INTAKE, "accept")
    move(staff.DISPATCHER, "dispatch", category=leak, lead=water)
    move(staff.HANDLER, "sign")
    move(staff.HANDLER, "answer", reply="水管已经换好")
    move(staff.UNIT_HEAD, "close")

    phone.goto(link)
    expect(phone.locator(".answer")).to_contain_text("水管已经换好")
    rate = phone.locator("#form-evaluate")
    rate.locator("[name=solved][value=yes]").check(force=True)
    rate.locator("[name=satisfied][value='5']").check(force=True)
    rate.locator(".form-end button").click()
    expect(phone).to_have_url(re.compile(r"done=evaluate"))
    expect(phone.locator("main")).to_contain_text("非常满意")
    assert site.find("SELECT stage FROM cases_case WHERE number = %s", number) == "closed"


def test_the_worklist_is_batched_without_javascript(open_page: Open) -> None:
    page = open_page("desktop", staff.DISPATCHER, java_script_enabled=False)
    page.goto("/console/cases?tab=open")
    page.locator("[data-worklist] tbody input[type=checkbox]").first.check()
    page.locator("[data-batch] button[name=move]").first.click()
    expect(page).to_have_url(re.compile("/console/cases/batch"))
