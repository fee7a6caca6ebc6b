"""The village's notice board: light, for everybody, without script; asked on a phone, answered on a desk."""

from __future__ import annotations

import re

import pytest

from browser.conftest import Open
from browser.product import Site
from browser.test_every_page import _barriers, _is_too_wide
from browser.test_weights import CITIZEN_KB, _weigh
from browser.village import CODE, LOGINS

POSTING = """SELECT p.id FROM postings_posting p
    JOIN organisations_organisation o ON o.id = p.organisation_id
    WHERE p.kind = 'books' AND o.code = %s
    ORDER BY (SELECT count(*) FROM postings_postingline l WHERE l.posting_id = p.id) DESC, p.id LIMIT 1"""
ASKED = """SELECT c.number FROM cases_case c JOIN postings_question q ON q.case_id = c.id
    ORDER BY c.closed_at IS NULL, c.id LIMIT 1"""
CORRECTED = "SELECT posting_id FROM postings_postingline WHERE corrects_id IS NOT NULL ORDER BY id LIMIT 1"


def _list_public(site: Site) -> list[str]:
    return [
        "/village",
        f"/village/{CODE}",
        f"/village/posting/{site.find(POSTING, CODE)}",
        f"/village/posting/{site.find(CORRECTED)}",
        f"/village/posting/{site.find(POSTING, CODE)}/ask",
        f"/village/question/{site.find(ASKED)}",
    ]


@pytest.mark.parametrize("cookies", [{}, {"huiyin_print": "large"}, {"huiyin_language": "en"}])
def test_nothing_stands_in_a_villagers_way(open_page: Open, site: Site, cookies: dict[str, str]) -> None:
    page = open_page("narrow", bypass_csp=True)
    page.context.add_cookies(
        [{"name": name, "value": value, "url": site.address} for name, value in cookies.items()]
    )
    for path in _list_public(site):
        assert page.goto(path).status == 200, path
        assert _barriers(page) == [], path
        page.set_viewport_size({"width": 320, "height": 640})
        assert not _is_too_wide(page), path


def test_a_page_of_the_board_weighs_at_most_15_kb(open_page: Open, site: Site) -> None:
    for path in _list_public(site):
        assert _weigh(open_page("phone"), path) <= CITIZEN_KB * 1024, path


@pytest.mark.parametrize("size", ["desktop", "narrow"])
def test_nothing_stands_in_the_way_of_the_staff(open_page: Open, site: Site, size: str) -> None:
    own, posting = CODE, site.find(POSTING, CODE)
    paths = {
        LOGINS["director"]: [
            f"/console/villages/{own}/postings",
            f"/console/villages/{own}/postings/{posting}",
        ],
        LOGINS["rural"]: ["/console/villages/postings", "/console/villages/questions?view=all"],
    }
    for login, wanted in paths.items():
        page = open_page(size, login, bypass_csp=True)
        for path in wanted:
            assert page.goto(path).status == 200, path
            assert _barriers(page) == [], path
            assert size == "desktop" or not _is_too_wide(page), path


def test_a_villager_asks_without_script_and_reads_the_answer(open_page: Open, site: Site) -> None:
    phone = open_page("phone", java_script_enabled=False)
    path = f"/village/posting/{site.find(POSTING, CODE)}"
    phone.goto(path)
    phone.get_by_role("link", name=re.compile("问这一笔.*第 2 行")).click()
    phone.get_by_label("您想说什么？").fill("这笔是谁经手的？")
    phone.get_by_role("button", name="提交").click()
    assert phone.get_by_role("heading", name="收到了").is_visible()
    number = phone.locator(".promise .when").inner_text()
    desk = open_page("desktop", LOGINS["director"])
    desk.goto(f"/console/villages/questions/{number}")
    desk.get_by_label("答复（公开）").fill("出纳宋金山经手，理事长签字。")
    desk.get_by_role("button", name="答复", exact=True).click()
    desk.get_by_text("已办理").wait_for()
    phone.goto(path)
    assert phone.get_by_text("出纳宋金山经手，理事长签字。").is_visible()
