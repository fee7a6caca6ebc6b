"""A village of the demo county in the browser: its officers at their pages, and days that go by."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import psycopg
from playwright.sync_api import Page, expect

from browser.product import Site
from browser.staff import fill, make_move

HOME = "/console/villages"
CODE = "N299900100300401HC"
"""古渡村股份经济合作社: members, shares and books, and nothing under way."""

LOGINS = {
    "bookkeeper": "jiangyanping",
    "reviewer": "luoxuewen",
    "director": "yushoutian",
    "cashier": "zhuchunsheng",
    "overseer": "zhouguoliang",
    "rural": "chenmancang",
}

_DAYS_GO_BY = (
    "UPDATE postings_posting SET from_on = from_on - %s, until_on = until_on - %s",
    """UPDATE assemblies_meeting SET noticed_on = noticed_on - %s, held_on = held_on - %s
        WHERE closed_at IS NULL""",
)


@dataclass(slots=True)
class Village:
    """The people of the village, each in a browser of their own."""

    site: Site
    open_desk: Callable[[str], Page]
    desks: dict[str, Page] = field(default_factory=dict)

    def desk(self, role: str) -> Page:
        """The page of whoever holds that role."""
        if role not in self.desks:
            self.desks[role] = self.open_desk(LOGINS[role])
        return self.desks[role]

    def visit(self, role: str, path: str) -> Page:
        """Open a page of the village economy; it must be there."""
        page = self.desk(role)
        answer = page.goto(f"{HOME}/{path}")
        assert answer is not None
        assert answer.status == 200, path
        return page

    def send(self, role: str, path: str, form: str, fields: Mapping[str, str], button: str = "") -> Page:
        """Fill a form of a page and send it; it must be taken."""
        page = self.visit(role, path)
        fill(page, form, fields)
        return self.press(page, f"{form} {button or 'button.btn-main'}")

    def press(self, page: Page, button: str) -> Page:
        """Press a button that sends a form; what was sent must be taken."""
        page.locator(button).first.click()
        page.wait_for_load_state()
        assert page.locator("main .notice-red, main .errors").all_inner_texts() == []
        return page

    def move(self, role: str, number: str, move: str, **fields: str) -> None:
        """Make a move on the page of its case."""
        make_move(self.desk(role), number, move, fields)

    def let_days_pass(self, days: int) -> None:
        """Everything that hangs, and every meeting that is called, is so many days older."""
        with psycopg.connect(self.site.database_url) as connection:
            for statement in _DAYS_GO_BY:
                connection.execute(statement.encode(), (days, days))

    def resolve(self, title: str, subject: str, at_desk: str = "bookkeeper") -> None:
        """Call an assembly on what waits, hold it ten days later with everybody there, let it agree."""
        page = self.visit("director", f"{CODE}/meetings/new")
        fill(page, "main form", {"name": title, "place": "村文化礼堂"})
        page.locator(f"input[name=waiting][value='{subject}']").check()
        place = self.press(page, "main form button.btn-main").url.split("?")[0]
        self.let_days_pass(10)
        desk = self.desk(at_desk)
        desk.goto(f"{place}/attendance")
        self.press(desk, "button[value=rest]")
        desk.goto(f"{place}/votes")
        voters = int(re.search(r"到会 (\d+) 人", desk.inner_text("main"))[1])  # type: ignore[index]  # the page says so
        desk.locator("input[name^=agreed-]").first.fill(str(voters))
        fill(desk, "main form", {"chair": "于守田", "minutes": "逐项表决。"})
        self.press(desk, "main form button.btn-main")
        page.goto(place)
        self.press(page, "form[action$='/close'] button")
        expect(page.locator("main")).to_contain_text("决议有效")


def count_as_booked(page: Page) -> None:
    """Enter of every line of the register that is open that it is there, worth what the books say."""
    page.evaluate(
        """() => document.querySelectorAll('form.assets-lines tbody tr').forEach(row => {
            row.querySelector('select').value = 'present';
            const booked = row.cells[3].innerText.trim().replace('–', '0');
            row.querySelector("input[name^='counted-']").value = booked;
        })"""
    )


def explain_all(page: Page) -> None:
    """Give every difference a word; how it is treated is the first way that the page offers."""
    page.evaluate(
        """() => document.querySelectorAll("input[name^='why-']").forEach(one => {
            one.value = '历年漏记，逐笔核对';
        })"""
    )
