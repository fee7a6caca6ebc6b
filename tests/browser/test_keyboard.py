"""The keyboard alone is enough."""

from __future__ import annotations

from playwright.sync_api import Page, expect


def test_somebody_signs_in_by_the_keyboard_alone(page: Page) -> None:
    page.goto("/console/cases")
    expect(page).to_have_url("/console/sign-in")
