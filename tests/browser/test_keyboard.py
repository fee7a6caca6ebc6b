"""The keyboard alone is enough."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from browser import staff
from browser.citizen import report
from browser.conftest import Open
from browser.product import Site


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


def _walk_to(page: Page, field: str) -> None:
    """Press Tab until the field holds the focus, as somebody without a mouse would."""
    for _ in range(60):
        if page.evaluate("document.activeElement.id || document.activeElement.name") == field:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no way to {field} by Tab")


def test_a_call_is_registered_by_the_keyboard_alone(open_page: Open) -> None:
    page = open_page("desktop", staff.INTAKE)
    page.goto("/console/intake")
    page.keyboard.type("10100007788")
    page.keyboard.press("Enter")
    page.keyboard.type("赵大勇")
    _walk_to(page, "id_words")
    page.keyboard.type("河滨社区 6 栋电梯困人")
    page.keyboard.press("Alt+1")
    page.keyboard.press("Control+Enter")
    expect(page).to_have_url(re.compile("/console/registered/"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/console/intake"))


def test_a_case_is_moved_by_the_keyboard_alone(open_page: Open, phone: Page, site: Site) -> None:
    report(phone)
    waiting = "SELECT number FROM cases_case WHERE process = 'hotline' AND stage = 'received' LIMIT 1"
    page = open_page("desktop", staff.INTAKE)
    page.goto(f"/console/cases/{site.find(waiting)}?move=accept#act")
    _walk_to(page, "id_note")
    page.keyboard.type("已核对")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("done=accept"))


def test_a_citizen_reports_by_the_keyboard_alone(page: Page) -> None:
    page.goto("/report")
    _walk_to(page, "kind")
    page.keyboard.press("Space")
    _walk_to(page, "id_words")
    page.keyboard.type("只用键盘试一试：门前的树倒了")
    _walk_to(page, "id_phone")
    page.keyboard.type("10100004322")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/received/"))


# Of a box that is drawn by its label, the label shows the focus.
SHOWN = """() => {
    const at = document.activeElement, near = [at, at.nextElementSibling, at.closest('label')];
    const shows = (one) => one && (getComputedStyle(one).outlineStyle !== 'none' ||
        getComputedStyle(one).boxShadow !== 'none');
    return at === document.body || near.some(shows) ? '' : at.outerHTML.slice(0, 120);
}"""


@pytest.mark.parametrize(
    ("login", "path"),
    [
        ("", "/"),
        ("", "/report"),
        (staff.DISPATCHER, "/console/cases?tab=open"),
        (staff.INTAKE, "/console/intake"),
    ],
    ids=lambda value: value,
)
def test_the_focus_is_seen_wherever_it_goes(open_page: Open, login: str, path: str) -> None:
    page = open_page("desktop", login)
    page.goto(path)
    unseen = []
    for _ in range(45):
        page.keyboard.press("Tab")
        unseen.append(page.evaluate(SHOWN))
    assert [where for where in unseen if where] == []
