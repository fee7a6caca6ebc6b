"""The keyboard alone is enough."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from browser import staff
from browser.conftest import Open


def test_somebody_signs_in_by_the_keyboard_alone(page: Page) -> None:
    page.goto("/console/cases")
    expect(page).to_have_url(re.compile("/console/sign-in"))
    page.keyboard.type(staff.DISPATCHER)
    page.keyboard.press("Tab")
    page.keyboard.type(staff.PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/console/cases"))


def test_the_worklist_is_walked_picked_and_opened_by_keys(open_page: Open) -> None:
    page = open_page("desktop", staff.DISPATCHER)
    page.goto("/console/cases?tab=all")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator("tr.picked")).to_have_count(1)
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/console/cases/[A-Z]{2}\d+"))


def test_the_slash_leads_to_the_search_and_two_signs_find(open_page: Open) -> None:
    page = open_page("desktop", staff.DISPATCHER)
    page.goto("/console/cases?tab=all")
    page.keyboard.press("/")
    page.keyboard.type("路灯")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("q="))


def test_a_call_is_registered_by_the_keyboard_alone(open_page: Open) -> None:
    page = open_page("desktop", staff.INTAKE)
    page.goto("/console/intake")
    for typed in ("10100007788", "赵大勇"):
        page.keyboard.type(typed)
        page.keyboard.press("Tab")
    page.locator("#id_words").focus()
    page.keyboard.type("河滨社区 6 栋电梯困人")
    page.keyboard.press("Control+Enter")
    expect(page).to_have_url(re.compile("/console/registered/"))
