"""Walks through the county's pages as its people do, each in a browser of their own."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlencode, urlsplit

from django.http import HttpResponse
from django.test import Client
from tests.journeys.reading import Node, read_form, read_html

from huiyin.app.demo.county.loader import PASSWORD
from huiyin.app.hearing import hear_now
from huiyin.cases.api import Case, CaseClock
from huiyin.journal.api import drain_outbox, verify

CITIZEN = ""
STEPS_DONE = "（已完成）"


@dataclass
class Page(Node):
    """A page that somebody looks at."""

    status: int = 200
    path: str = ""

    @property
    def stage(self) -> str:
        """The tag beside the heading: in which stage the matter stands."""
        return self.first(kind="page-head").first("span", "tag").words

    @property
    def marks(self) -> list[str]:
        """急, 并 2, 第 2 轮, 督 1: what stands beside the tag."""
        return [mark.words for mark in self.first(kind="page-head").find("span", "mark")]

    @property
    def steps(self) -> list[str]:
        """The steps of the source, as the bar names them."""
        return [step.words.removesuffix(STEPS_DONE) for step in self.first("ol", "steps").find("li")]

    @property
    def step(self) -> str:
        """The step in which the matter stands: the present one, or the last that was done."""
        steps = self.first("ol", "steps").find("li")
        now = [step for step in steps if "aria-current" in step.attrs]
        return (now or [step for step in steps if "done" in step.attrs["class"]])[-1].words.removesuffix(
            STEPS_DONE
        )

    @property
    def clock(self) -> str:
        """The clock that matters most: its name and due time, how much is left, how long it is."""
        return self.first("section", "clock").words

    @property
    def clocks(self) -> dict[str, str]:
        """The smaller clocks by name: until when, what is left, how they ended."""
        items = self.find("li", "small-clock")
        return {item.first("span").words: item.words for item in items}

    @property
    def offers(self) -> list[str]:
        """The steps that whoever looks at the case may take."""
        acts = self.find("section", id="act")
        return [link.words for nav in (acts[0].find("nav") if acts else ()) for link in nav.find("a")]

    @property
    def asked(self) -> list[str]:
        """What the person may do, by the buttons of the page of their matter."""
        return [form.attrs["id"].removeprefix("form-") for form in self.find("form", "act")]


@dataclass
class Walker:
    """Everybody of the county, and the citizens (whose login is empty)."""

    now: datetime
    browsers: dict[str, Client] = field(default_factory=dict)

    def later(self, **span: int) -> Walker:
        """Turn the clock on."""
        self.now += timedelta(**span)
        return self

    # --- pages and forms

    def browser(self, login: str) -> Client:
        """The browser of that account; the citizen has one too, without a session."""
        return self.browsers.setdefault(login, Client())

    def open(self, path: str, login: str = CITIZEN) -> Page:
        """The page at that address; who is not signed in, or no longer, signs in on the way."""
        answer = self.browser(login).get(path)
        if answer.status_code in {302, 303}:
            return self.follow(answer, login)
        return read_page(answer, path)

    def follow(self, answer: HttpResponse, login: str) -> Page:
        """The page that an answer leads to."""
        there = answer["Location"].partition("#")[0]
        if login and there.startswith("/console/sign-in"):
            form = read_page(self.browser(login).get(there), there)
            return self.send(form, login, "/console/sign-in", login=login, password=PASSWORD)
        return self.open(there, login)

    def send(self, page: Page, who: str = CITIZEN, action: str = "", /, **typed: object) -> Page:
        """Fill in the form that goes to `action`, send it: the page that comes of it."""
        node = next(
            one
            for one in page.find("form", method="post")
            if not action or one.attrs.get("action", "").partition("#")[0] == action
        )
        form = read_form(node)
        answer = self.post(form.action or page.path, form.fill(typed), who)
        if answer.status_code in {302, 303}:
            return self.follow(answer, who)
        return read_page(answer, form.action)

    def post(self, path: str, sent: dict[str, object], login: str = CITIZEN) -> HttpResponse:
        """Send to an address, form or no form, and let the worker do its jobs."""
        answer = self.browser(login).post(path, sent)
        while drain_outbox(hear_now):
            pass
        return answer

    # --- the staff

    def case(self, number: str, login: str = "guoheng", move: str = "") -> Page:
        """The page of a case, with the form of a move opened."""
        query = f"?{urlencode({'move': move})}" if move else ""
        return self.open(f"/console/cases/{number}{query}", login)

    def fill_in(self, number: str, title: str, login: str, /, **typed: object) -> Page:
        """Open the case, press the tab of that title, fill its form in, send it."""
        page = self.case(number, login)
        tabs = [link for link in page.first("section", id="act").find("a") if link.words == title]
        assert tabs, f"{login} is offered {page.offers} in {page.stage}, not {title}"
        page = self.open(tabs[0].attrs["href"].partition("#")[0], login)
        form = page.first("form", id="act-form")
        page = self.send(page, login, form.attrs["action"].partition("#")[0], **typed)
        return self._give_reason(page, login) if "reply" in typed else page

    def _give_reason(self, page: Page, login: str) -> Page:
        """A reply in few words is shown back: say why it goes out all the same."""
        if not page.find("input", id="id_reply-reason"):
            return page
        form = page.first("form", id="act-form")
        action = form.attrs["action"].partition("#")[0]
        return self.send(page, login, action, **{"reply-reason": "现场已当面说清"})

    def press(self, number: str, title: str, login: str, /, **typed: object) -> Page:
        """The same, and it must be done: the case after it."""
        page = self.fill_in(number, title, login, **typed)
        assert f"已提交：{title}" in page.words, page.words
        return page

    def refuse(self, number: str, title: str, login: str, /, **typed: object) -> str:
        """The same, and it must be refused with nothing changed: the words of the refusal."""
        before = self.state(number)
        page = self.fill_in(number, title, login, **typed)
        assert (page.status, self.state(number)) == (409, before)
        told = page.find(kind="errors") or page.first("section", id="act").find(kind="notice-red")
        return told[0].words

    def force(self, number: str, move: str, login: str, /, **sent: object) -> Page:
        """Send a move that the page does not offer, straight to its address: nothing may change."""
        before = self.state(number)
        path = f"/console/cases/{number}/moves/{move}"
        answer = self.post(path, {"version": str(before[0]), **sent}, login)
        assert answer.status_code in {403, 404, 409}
        assert self.state(number) == before
        return read_page(answer, path)

    def state(self, number: str) -> tuple[int, str, int]:
        """Version, stage and round."""
        return Case.objects.values_list("version", "stage", "round").get(number=number)

    def register(self, path: str, login: str, /, **typed: object) -> tuple[str, str]:
        """Fill in a door's form and send it: the number, and the link that is for the person."""
        page = self.open(path, login)
        page = self.send(page, login, urlsplit(path).path, act="register", **typed)
        assert page.find(kind="receipt"), page.words
        link = page.first("input", readonly="").attrs["value"]
        return page.first(kind="receipt-number").words, urlsplit(link).path

    def texts(self, number: str) -> list[str]:
        """What the person of a case was told by short message, oldest first, as its log shows it."""
        log = self.open(f"/console/messages?q={number}", "guoheng")
        return [cell.words for cell in log.find("td", "message-text")][::-1]

    # --- the citizens

    def report(self, path: str, /, **typed: object) -> tuple[str, str]:
        """Fill in the form of the citizens' pages: the number, and the person's link."""
        page = self.open(path)
        return read_receipt(self.send(page, CITIZEN, "/report", **typed))

    def say(self, link: str, move: str, /, **typed: object) -> Page:
        """What the person does on the page of their matter; the page after it."""
        page = self.open(link)
        assert move in page.asked, f"the page offers {page.asked}, not {move}"
        return self.send(page, CITIZEN, f"{link}/moves/{move}", **typed)

    # --- what the record knows beside the pages

    def runs(self, number: str, key: str) -> CaseClock:
        """The newest run of a clock."""
        return CaseClock.objects.filter(case__number=number, key=key).latest("id")

    def is_whole(self, number: str) -> bool:
        """Whether the case's record stands as it was written."""
        return verify([f"case:{number}"]).whole


def read_page(answer: HttpResponse, path: str) -> Page:
    """An answer as a page."""
    tree = read_html(answer.content.decode())
    return Page(tree.tag, tree.attrs, None, tree.children, answer.status_code, path)


def read_receipt(page: Page) -> tuple[str, str]:
    """Number and link of the receipt that a citizen gets."""
    link = urlsplit(page.first("input", id="id_link").attrs["value"]).path
    return page.first("p", "when").words, link


def walked_steps(pages: list[Page]) -> list[str]:
    """The steps in which a case was seen, each once, in order."""
    return list(dict.fromkeys(page.step for page in pages))
