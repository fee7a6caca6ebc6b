"""An administrator brings a process in by a file; a clerk opens a case with it; it is walked to its end."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from browser import staff
from browser.conftest import Open
from browser.product import Site

FILE = Path(__file__).with_name("river-patrol.toml")
STEPS = ["巡查", "交办", "整治", "验收", "销号"]


def _bring_in(page: Page) -> None:
    """A file with a fault is told off, the sound one is checked and taken in."""
    page.goto("/console/processes")
    page.fill("#id_text", FILE.read_text(encoding="utf-8").replace('to = "struck"', 'to = "nowhere"'))
    page.click("#add button[value=check]")
    expect(page.locator("#add .errors")).to_contain_text("nowhere")
    page.fill("#id_text", "")
    page.set_input_files("#id_file", FILE)
    page.click("#add button[value=check]")
    expect(page.locator("#add .notice-green")).to_contain_text("河长巡河")
    page.click("#add button[value=add]")
    expect(page).to_have_url(re.compile("/console/processes/river-patrol"))
    expect(page.locator(".flow-title")).to_contain_text(STEPS)


def _register(page: Page) -> str:
    """The number of a case that the clerk opens with the process."""
    page.goto("/console/intake")
    page.fill("#id_words", "禾川大桥下河面漂着很多水葫芦")
    page.select_option("#id_process", "river-patrol")
    expect(page.locator("#ending [name=finish]")).to_have_count(1)
    page.click("[data-send]")
    page.wait_for_url("**/registered/**")
    return page.url.split("/registered/")[1].split("?")[0]


def test_a_file_is_brought_in_and_a_case_is_walked_to_the_end_of_it(open_page: Open, site: Site) -> None:
    _bring_in(open_page("desktop", staff.ADMIN))
    number = _register(open_page("desktop", staff.INTAKE))
    assert number.startswith("HZ")
    water = site.find("SELECT id FROM people_unit WHERE key = 'water'")
    given = {"lead": water, "designate": "yes", "reason": "河长办指定水务公司打捞"}
    staff.make_move(open_page("desktop", staff.DISPATCHER), number, "assign", given)
    handler = open_page("desktop", staff.HANDLER)
    staff.make_move(handler, number, "begin")
    expect(handler.locator("ol.steps li")).to_contain_text(STEPS)
    expect(handler.locator("ol.steps li.now")).to_contain_text("整治")
    expect(handler.locator(".matter-clock")).to_contain_text("整治时限")
    staff.make_move(handler, number, "report_clean", {"reply": "水葫芦已经打捞干净"})
    supervisor = open_page("desktop", staff.SUPERVISOR)
    staff.make_move(supervisor, number, "strike")
    expect(supervisor.locator("main")).to_contain_text("已销号")
    assert site.find("SELECT stage FROM cases_case WHERE number = %s", number) == "struck"
