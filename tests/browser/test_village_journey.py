"""From the inventory of a village to the page on a phone that explains one woman's dividend."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import Open
from browser.product import Site
from browser.staff import fill
from browser.village import CODE, HOME, Village, count_as_booked, explain_all
from huiyin.pages.api import Column, write_xlsx

YEAR = 2026
NEWEST = """SELECT c.number FROM cases_case c JOIN organisations_organisation o ON o.unit_id = c.lead_id
    WHERE c.kind = %s AND o.code = %s ORDER BY c.id DESC LIMIT 1"""
STRUCK_OFF = "SELECT id FROM members_member WHERE standing = 'lost' ORDER BY id DESC LIMIT 1"


@pytest.fixture(scope="module")
def woman_on_paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The old roster on paper as a sheet: she was struck off when she married."""
    columns = [Column(title) for title in ("户号", "姓名", "身份证号", "性别", "身份")]
    sheet = tmp_path_factory.mktemp("paper") / "名册.xlsx"
    sheet.write_bytes(write_xlsx("名册", columns, [("1", "程秀云", "99900119880315082X", "女", "已丧失")]))
    return sheet


def _find_case(site: Site, kind: str) -> str:
    return site.find(NEWEST, kind, CODE)


def test_every_fen_from_the_inventory_to_her_dividend(
    open_page: Open, site: Site, woman_on_paper: Path
) -> None:
    village = Village(site, lambda login: open_page("desktop", login=login))
    take_inventory(village, open_page, open_inventory(village))
    member = restore(village, woman_on_paper)
    household = share_with_her(village, member)
    plan = distribute(village)
    explain_to_her(village, open_page, household, member)
    assert plan


def open_inventory(village: Village) -> str:
    """The township's clerk opens the year's inventory for all who have none; its number."""
    village.send("rural", "inventories/open", "main form", {"year": str(YEAR)})
    clerk = village.desk("rural")
    expect(clerk.locator("main")).to_contain_text("个组织部署", timeout=60_000)
    return _find_case(village.site, "inventory")


def take_inventory(village: Village, open_page: Open, number: str) -> None:
    """清理、登记、核实、公示、确认、上报、纳入平台管理, with an objection on the second posting."""
    at = f"inventories/{number}"
    elders = village.visit("bookkeeper", f"{at}?part=elders")
    for place, name in enumerate(("彭守田", "苏桂兰", "程德顺")):
        elders.locator("form[action$='/elders'] input[name=name]").nth(place).fill(name)
    village.press(elders, "form[action$='/elders'] button.btn-main")
    village.move("bookkeeper", number, "clear")
    _count(village, at)
    village.move("bookkeeper", number, "register")
    seen = village.visit("overseer", f"{at}?part=elders")
    while seen.locator("form[action$='/agree'] button").count():
        village.press(seen, "form[action$='/agree'] button")
    village.move("overseer", number, "verify", note="逐条看过")
    village.move("director", number, "post_first")
    village.let_days_pass(6)
    village.move("director", number, "post_second")
    _object(village, open_page, number)
    village.let_days_pass(6)
    village.move("director", number, "post_third")
    village.let_days_pass(6)
    village.resolve("2026年清产核资成员大会", f"case:{number}")
    village.move("director", number, "confirm")
    village.move("bookkeeper", number, "report")
    village.move("rural", number, "accept")
    village.move("rural", number, "take_in")
    expect(village.visit("rural", at).locator("main")).to_contain_text("已纳入平台管理")


def _count(village: Village, at: str) -> None:
    page = village.visit("bookkeeper", f"{at}?part=lines")
    registers = page.locator("table a[href*='register=']").evaluate_all(
        "links => links.map(one => one.getAttribute('href'))"
    )
    for place in registers:
        page.goto(place if place.startswith("/") else f"{HOME}/{at}{place}")
        count_as_booked(page)
        village.press(page, "form.assets-lines button.btn-main")
    page = village.visit("bookkeeper", f"{at}?part=differences")
    if page.locator("form[action$='/explain'] button.btn-main").count():
        explain_all(page)
        village.press(page, "form[action$='/explain'] button.btn-main")


def _object(village: Village, open_page: Open, number: str) -> None:
    """A villager objects under the second posting; nothing goes on until it is answered and checked."""
    sheet = village.site.find(
        "SELECT id FROM postings_posting WHERE subject = %s AND turn = 2", f"case:{number}"
    )
    phone = open_page("phone")
    phone.goto(f"/village/posting/{sheet}/ask")
    phone.locator("input[value=objection]").check()
    fill(phone, "main form", {"words": "老碾房的价值写少了，请再核对。", "name": "程老根"})
    phone.locator("main form button.btn-main").click()
    expect(phone).to_have_url(re.compile(r"/village/question/"))
    village.let_days_pass(6)
    refused = village.visit("director", f"inventories/{number}")
    refused.locator("form:has(input[value=post_third]) button").click()
    expect(refused.locator(".notice-red")).to_contain_text("没有答复")
    village.let_days_pass(-6)
    asked = _find_case(village.site, "village-question")
    village.move(
        "director", asked, "draft_answer", reply="已复核：碾房按重置成本评估，数字无误，评估表在村部。"
    )
    village.move("overseer", asked, "confirm")
    phone.goto(f"/village/posting/{sheet}")
    expect(phone.locator("main")).to_contain_text("碾房按重置成本评估")
    expect(phone.locator("main")).not_to_contain_text("程老根")


def restore(village: Village, paper: Path) -> str:
    """She was struck off on paper when she married; the law keeps her, and the township restores her."""
    page = village.visit("rural", f"{CODE}/members/import")
    fill(page, "main form[enctype]", {"file": str(paper)})
    page.locator("main form[enctype] button").click()
    village.press(page, "form:has(input[name=rows]) button.btn-main")
    member = village.site.find(
        "SELECT id FROM members_member WHERE standing = 'lost' ORDER BY id DESC LIMIT 1"
    )
    _appeal(village, member)
    number = _find_case(village.site, "membership-appeal")
    village.move("overseer", number, "inquire", reason="外村证明属实")
    village.move("director", number, "deliberate", reason="法定情形，不需表决")
    refused = village.visit("rural", f"appeals/{number}")
    refused.locator("details:has(input[value=dismiss])").evaluate("one => { one.open = true }")
    fill(refused, "form:has(input[value=dismiss])", {"reason": "村规民约", "remedy": "仲裁"})
    refused.locator("form:has(input[value=dismiss]) button").click()
    expect(refused.locator("main")).to_contain_text("第18条")
    village.move("rural", number, "uphold", reason="出嫁不丧失成员身份")
    village.move("bookkeeper", number, "tell_upheld", reply="成员身份已恢复")
    assert village.site.find("SELECT standing FROM members_member WHERE id = %s", member) == "confirmed"
    return member


def _appeal(village: Village, member: str) -> None:
    page = village.visit("overseer", f"{CODE}/members/{member}/appeal")
    page.locator("select[name=ground]").select_option("married-out")
    fill(page, "main form", {"words": "我出嫁到外村，没有在那边取得成员身份。", "evidence": "外村出具的证明"})
    village.press(page, "main form button.btn-main")


def share_with_her(village: Village, member: str) -> str:
    """The total is frozen: her household gives her part of its own units."""
    household = village.site.find("SELECT household_id FROM members_member WHERE id = %s", member)
    page = village.visit("bookkeeper", f"{CODE}/shares/households/{household}")
    total = page.locator("main .hint").first.inner_text()
    inputs = page.locator("main input[name^=units_]")
    assert inputs.count() >= 2, total
    held = int(inputs.first.input_value() or 0)
    inputs.first.fill(str(held - 4))
    page.locator(f"input[name='units_{member}']").fill("4")
    fill(page, "main form[data-keep]", {"words": "女儿恢复成员身份，父亲分给 4 股，全家签字同意"})
    village.press(page, "main form[data-keep] button.btn-main")
    number = _find_case(village.site, "share-transfer")
    village.move("director", number, "approve")
    village.move("reviewer", number, "register")
    return household


def distribute(village: Village) -> str:
    """拟订、监事审核、征求意见、党组织研究、乡镇审核、成员大会、公示、发放."""
    page = village.visit("bookkeeper", f"{CODE}/distributions/new")
    page.locator("select[name=year]").select_option(str(YEAR))
    village.press(page, "#plan-form button[value=save]")
    number = _find_case(village.site, "distribution")
    village.move("bookkeeper", number, "submit")
    village.move("overseer", number, "pass_overseers")
    village.let_days_pass(11)
    village.move("director", number, "hear", note="没有不同意见")
    village.move("director", number, "resolve", note="党支部研究同意")
    village.move("rural", number, "agree")
    village.resolve("2026年收益分配成员大会", f"case:{number}")
    village.move("director", number, "adopt")
    village.let_days_pass(6)
    village.move("director", number, "approve")
    village.move("cashier", number, "pay")
    return number


def explain_to_her(village: Village, open_page: Open, household: str, member: str) -> None:
    """The code on her certificate opens her own page, which says in plain words why it is that sum."""
    page = village.visit("bookkeeper", f"{CODE}/shares/households/{household}")
    village.press(page, "form[action$='/issue'] button")
    with page.expect_download() as print_out:
        page.locator("form[action$='/print'] button").click()
    pdf = Path(print_out.value.path()).read_bytes()
    links = re.findall(rb"/URI \((https?://[^)]+)\)", pdf)
    assert links
    sums = village.site.find(
        "SELECT fen FROM distributions_line WHERE member_id = %s ORDER BY plan_id DESC LIMIT 1", member
    )
    phone = open_page("phone")
    hers = [link.decode() for link in links if _is_hers(phone, link.decode())]
    assert len(hers) == 1, links
    phone.goto(hers[0])
    expect(phone.locator("main")).to_contain_text(f"{int(sums) / 100:,.2f}")
    expect(phone.locator("main")).to_contain_text("程*")
    expect(phone.locator("main")).not_to_contain_text("程秀云")
    assert not phone.evaluate("document.documentElement.scrollWidth > window.innerWidth")


def _is_hers(phone: Page, link: str) -> bool:
    phone.goto(link)
    return "您本人 4 份" in phone.locator("main").inner_text()
