"""A matter walked through all of 直通车 in the browser, by its people, with an unsatisfied round."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from browser import staff
from browser.conftest import Open
from browser.product import Site

STEPS = ["上报", "研判", "分流", "处置", "监督", "办结", "反馈", "测评"]


def _register(page: Page, words: str) -> str:
    """A cadre on a visit writes down what a household says; the number of the case."""
    page.goto("/console/visits/new")
    page.locator("[name=about][value=household]").check(force=True)
    page.locator("[name=words]").fill(words)
    page.locator("[name=suggestion]").fill("建议现场看一看")
    page.locator("[name=township]").select_option(index=1)
    village = page.locator("[name=village]")
    expect(village.locator("option")).not_to_have_count(1)
    village.select_option(index=1)
    page.locator("[data-send]").click()
    page.wait_for_url("**/registered/**")
    return page.url.split("/registered/")[1].split("?")[0].split("/")[0]


def _one_round(desk: Callable[[str], Page], number: str, reply: str) -> None:
    """From the unit's signature to the person: signed, handled, checked, told."""
    staff.make_move(desk(staff.HANDLER), number, "sign")
    staff.make_move(desk(staff.HANDLER), number, "progress", {"reply": "已到现场查看"})
    staff.make_move(desk(staff.HANDLER), number, "answer", {"reply": reply})
    staff.make_move(desk(staff.SUPERVISOR), number, "close")
    staff.make_move(desk(staff.HANDLER), number, "feedback", {"reply": reply})


def test_a_matter_goes_through_all_steps_and_comes_back_once(open_page: Open, site: Site) -> None:
    pages: dict[str, Page] = {}

    def desk(login: str) -> Page:
        if login not in pages:
            pages[login] = open_page("desktop", login)
        return pages[login]

    number = _register(desk(staff.VISITOR), "村口的水管漏水，路上结冰")
    water = site.count("SELECT id FROM people_unit WHERE key = 'water'")
    leak = site.count("SELECT id FROM register_category WHERE code = '010104'")
    staff.make_move(desk(staff.INTAKE), number, "accept")
    expect(desk(staff.INTAKE).locator("ol.steps li")).to_contain_text(STEPS)
    staff.make_move(desk(staff.DISPATCHER), number, "dispatch", {"category": str(leak), "lead": str(water)})

    _one_round(desk, number, "水管已经修好")
    callback = {"reached": "yes", "solved": "no", "satisfied": "2", "understood": "no", "words": "又漏了"}
    staff.make_move(desk(staff.CALLBACK), number, "callback", callback)
    expect(desk(staff.CALLBACK).locator("main")).to_contain_text("第 2 轮")

    _one_round(desk, number, "换了新水管")
    content = {"reached": "yes", "solved": "yes", "satisfied": "5"}
    staff.make_move(desk(staff.CALLBACK), number, "callback", content)
    case = desk(staff.CALLBACK).locator("main")
    expect(case).to_contain_text("测评通过")
    expect(case.locator("ol.steps li.done")).to_have_count(len(STEPS))
    assert site.count("SELECT round FROM cases_case WHERE number = %s", number) == 2
    assert (
        site.count(
            "SELECT count(*) FROM cases_rating r JOIN cases_case c ON c.id = r.case_id WHERE number = %s",
            number,
        )
        == 2
    )
