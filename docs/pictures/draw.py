"""Draws the pictures of the README from the running product: `make pictures OPTIONS="--days 6"`."""

from __future__ import annotations

import argparse
import io
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

from PIL import Image  # noqa: E402
from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402

from browser import citizen, staff, village  # noqa: E402  found by the line above
from browser.product import ARGUMENTS, Site, run_product  # noqa: E402
from database_for_tests import prepare_environment  # noqa: E402

HEAVIEST = 150_000  # bytes of one picture
COLOURS = (256, 128, 64, 32)
DESK = {"viewport": {"width": 1440, "height": 900}}
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
# What a caller says who is not the first to say it.
SAID_BEFORE = """SELECT t.words FROM cases_case c JOIN cases_casetext t ON t.case_id = c.id
    WHERE c.process = 'hotline' AND c.closed_at IS NULL ORDER BY c.id DESC LIMIT 1"""
WORDS = "文庙社区三号楼从昨晚开始停水，楼里有老人和小孩，什么时候能来水？"
PROGRESS = "抢修队已经到现场，挖开查明是主管道接头开裂，正在更换，预计今天傍晚恢复供水。"
# A matter that shows much: under way, much moved, carried by more than one unit.
TELLING = """SELECT c.number FROM cases_case c
    JOIN cases_assignment a ON a.case_id = c.id AND a.ended_at IS NULL
    WHERE c.process = 'hotline' AND c.stage = 'handling' AND c.round = 1
    GROUP BY c.id ORDER BY count(*) DESC, c.version DESC, c.id DESC LIMIT 1"""


def main() -> None:
    """Start the product, draw every picture into this folder, stop it."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--days", type=int, default=60, help="days of invented requests")
    days = options.parse_args().days
    prepare_environment()
    with run_product(days) as site, _open_browser() as browser:
        for name, drawn in chain(draw_desk(browser, site), draw_phone(browser, site)):
            path = HERE / f"{name}.png"
            path.write_bytes(make_small(drawn))
            print(f"{path.relative_to(ROOT)}  {path.stat().st_size // 1000} kB")  # noqa: T201  a command's own report


@contextmanager
def _open_browser() -> Iterator[Browser]:
    path = os.environ.get("HUIYIN_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path or None, args=ARGUMENTS)
        yield browser
        browser.close()


def draw_desk(browser: Browser, site: Site) -> Iterator[tuple[str, bytes]]:
    """The staff's pages on a desk's screen."""
    page = _open(browser, site, DESK, staff.DISPATCHER)
    page.goto("/console/cases")
    yield "worklist", _shoot(page)
    page.goto(f"/console/cases/{site.find(TELLING)}")
    yield "case", _shoot(page)
    page.goto("/console/ledger")
    yield "ledger", _shoot(page)
    page = _open(browser, site, DESK, village.LOGINS["rural"])
    page.goto("/console/villages/income?year=2025")
    yield "income", _shoot(page)
    page = _open(browser, site, DESK, village.LOGINS["bookkeeper"])
    page.goto(f"/console/villages/{village.CODE}/books/balance-sheet")
    yield "books", _shoot(page)
    page = _open(browser, site, DESK, staff.INTAKE)
    page.goto("/console/intake")
    _take_call(page, site.find(SAID_BEFORE))
    yield "intake", _shoot(page)


def _take_call(page: Page, words: str) -> None:
    """The desk while somebody calls: words typed, likely duplicates found."""
    page.locator("#id_phone").fill("10100004321")
    page.locator("#id_words").press_sequentially(words)
    page.locator("#alike li").first.wait_for()


def draw_phone(browser: Browser, site: Site) -> Iterator[tuple[str, bytes]]:
    """The citizens' pages on a phone: the form, and a matter that is being handled."""
    page = _open(browser, site, PHONE)
    page.goto("/report")
    yield "report", _shoot(page)
    link = citizen.report(page, WORDS)
    number = link.split("/t/")[1].split("/")[0]
    handle(browser, site, number)
    page.goto(link)
    yield "track", _shoot(page)


def handle(browser: Browser, site: Site, number: str) -> None:
    """Carry a reported matter to the unit and let it report progress."""
    water = site.count("SELECT id FROM people_unit WHERE key = 'water'")
    supply = site.count("SELECT id FROM register_category WHERE code = '010104'")
    steps: tuple[tuple[str, str, dict[str, str]], ...] = (
        (staff.INTAKE, "accept", {}),
        (staff.DISPATCHER, "dispatch", {"category": str(supply), "lead": str(water)}),
        (staff.HANDLER, "sign", {}),
        (staff.HANDLER, "progress", {"reply": PROGRESS}),
    )
    for login, move, fields in steps:
        staff.make_move(_open(browser, site, DESK, login), number, move, fields)


def _open(browser: Browser, site: Site, size: dict[str, Any], login: str = "") -> Page:
    context = browser.new_context(base_url=site.address, locale="zh-CN", **size)
    if login:
        staff.sign_in(context, login)
    return context.new_page()


def _shoot(page: Page) -> bytes:
    page.wait_for_load_state("networkidle")
    page.evaluate("document.activeElement.blur()")
    return page.screenshot(animations="disabled", caret="hide")


def make_small(drawn: bytes) -> bytes:
    """The picture with so few colours that it weighs at most `HEAVIEST`."""
    image = Image.open(io.BytesIO(drawn)).convert("RGB")
    for colours in COLOURS:
        out = io.BytesIO()
        palette = image.quantize(colours, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        palette.save(out, "PNG", optimize=True)
        if out.tell() <= HEAVIEST:
            return out.getvalue()
    raise ValueError(f"too heavy even with {COLOURS[-1]} colours: {out.tell()} bytes")


if __name__ == "__main__":
    main()
