"""Nothing stands in the way deeper inside: first pages of every role, behind a case, in a batch, after a slip."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from browser import staff
from browser.barriers import demand_open, find_barriers, is_too_wide
from browser.product import Site

WITH_CLOCK = """SELECT c.number || '/clocks/' || k.id FROM cases_case c
    JOIN cases_caseclock k ON k.case_id = c.id
    WHERE c.person_id IS NOT NULL AND c.identity = 'named' ORDER BY c.id DESC LIMIT 1"""
TO_DISPATCH = "SELECT number FROM cases_case WHERE process = 'hotline' AND stage = 'to-dispatch' LIMIT 1"
FORMS = [
    ("", "/report", "form button.btn-main"),
    ("", "/console/sign-in", "form button.btn-main"),
    (staff.INTAKE, "/console/intake", "[data-send]"),
]
Desks = Callable[[str, str], Page]


@pytest.mark.parametrize("login", staff.EVERYBODY)
def test_the_first_page_of_every_role(desks: Desks, login: str) -> None:
    for size in ("desktop", "narrow"):
        demand_open(desks(size, login), "/console/cases", size)


@pytest.mark.parametrize("size", ["desktop", "narrow"])
def test_the_pages_behind_a_case_and_a_list(desks: Desks, site: Site, size: str) -> None:
    clock, waiting = site.find(WITH_CLOCK), site.find(TO_DISPATCH)
    case = f"/console/cases/{clock.split('/', maxsplit=1)[0]}"
    for path in (f"/console/cases/{clock}", f"{case}/record", f"{case}/reveal", "/console/views"):
        demand_open(desks(size, staff.CENTRE), path, size)
    for move in ("", "&move=dispatch"):
        demand_open(desks(size, staff.DISPATCHER), f"/console/cases/batch?pick={waiting}{move}", size)


@pytest.mark.parametrize(("login", "path", "button"), FORMS, ids=[path for _, path, _ in FORMS])
def test_a_form_that_is_told_what_to_mend(desks: Desks, login: str, path: str, button: str) -> None:
    page = desks("narrow", login)
    page.goto(path)
    page.evaluate("document.querySelectorAll('form').forEach((form) => (form.noValidate = true))")
    page.locator(button).first.click()
    page.locator(".errors").wait_for()
    assert find_barriers(page) == []
    assert not is_too_wide(page)
