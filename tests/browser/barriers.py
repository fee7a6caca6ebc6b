"""What stands in somebody's way on a page: what axe finds, and what is wider than the screen."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SIZES = {"desktop": (1440, 900), "phone": (390, 844), "narrow": (320, 640)}


def find_barriers(page: Page) -> list[str]:
    """What axe finds, each with its rule and the place. The whole page is in sight at once."""
    view = page.viewport_size or {"width": 1440, "height": 900}
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": view["width"], "height": min(max(height, view["height"]), 8000)})
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]


def is_too_wide(page: Page) -> bool:
    """Whether the page must be pushed sideways to be read."""
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))


def demand_open(page: Page, path: str, size: str) -> None:
    """Nothing stands in the way on the page at that address, on a screen of that size."""
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    answer = page.goto(path)
    assert answer is not None
    assert answer.status == 200, path
    assert find_barriers(page) == [], path
    assert size == "desktop" or not is_too_wide(page), path
