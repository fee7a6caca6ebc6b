"""How the staff use the console in the tests: signing in, opening a case, making a move."""

from __future__ import annotations

import re
from collections.abc import Mapping

from playwright.sync_api import BrowserContext, Page, expect

PASSWORD = "hechuan-demo"
INTAKE, DISPATCHER, HANDLER, UNIT_HEAD = "linxiao", "hemin", "tanxue", "zhaomingde"
CENTRE, CALLBACK, SUPERVISOR, BOARD = "guoheng", "maqing", "chengmo", "fangzheng"
STEWARD, VISITOR, WINDOW, LEADER, ADMIN = "jingyi", "ruanqin", "tianxin", "luzhengping", "guanxu"
SECURITY = "anran"
EVERYBODY = (
    *(INTAKE, HANDLER, UNIT_HEAD, CENTRE, CALLBACK, SUPERVISOR, BOARD),
    *(STEWARD, VISITOR, WINDOW, LEADER, SECURITY, "shenji"),
)
"""One account of each role, but for those that most tests use: dispatcher and administrator."""


def sign_in(context: BrowserContext, login: str) -> None:
    """Sign the whole context in by the form of the sign-in page, sent as a browser without script would."""
    form = context.request.get("/console/sign-in").text()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)
    assert token, "the sign-in page carries no token"
    sent = {"csrfmiddlewaretoken": token.group(1), "login": login, "password": PASSWORD}
    origin = re.match(r"https?://[^/]+", context.request.get("/health").url)
    assert origin
    answer = context.request.post("/console/sign-in", form=sent, headers={"Origin": origin.group()})
    assert answer.ok, f"{login}: {answer.status}"
    assert "/sign-in" not in answer.url, f"{login} was not let in"


def make_move(page: Page, number: str, move: str, fields: Mapping[str, str] | None = None) -> None:
    """Open the case's form of `move`, fill its fields by name, send it; fails when it was refused."""
    page.goto(f"/console/cases/{number}?move={move}")
    fill(page, "#act-form", fields or {})
    page.locator("#act-form button.btn-main").click()
    reason = page.locator("#id_reply-reason")
    if "reply" in (fields or {}) and reason.count():  # a reply in few words is shown back
        reason.fill("现场已当面说清")
        page.locator("#act-form button.btn-main").click()
    refused = page.locator("#act .notice-red, #act .error")
    expect(refused).to_have_count(0)
    expect(page).to_have_url(re.compile(rf"/cases/{number}\?done={move}"))


def fill(page: Page, form: str, fields: Mapping[str, str]) -> None:
    """Fill fields of a form by name, each by its kind: text, choice, radio button, box, file."""
    for name, value in fields.items():
        field = page.locator(f"{form} [name='{name}']")
        kind = field.first.evaluate("field => field.type")
        if kind in {"radio", "checkbox"}:
            page.locator(f"{form} [name='{name}'][value='{value}']").check(force=True)
        elif kind == "select-one":
            field.select_option(value) if value.isdigit() else field.select_option(label=value)
        elif kind == "file":
            field.set_input_files(value)
        else:
            field.fill(value)
