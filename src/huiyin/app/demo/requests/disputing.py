"""Disputes of the demo county, told from a list: returns that wait, a consultation, and rulings of before."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any

from huiyin.app.demo.requests.choosing import Thread
from huiyin.app.demo.requests.writing import Written
from huiyin.appeals.api import NewAppeal, report
from huiyin.cases.api import Acting, ActingPost, move_case
from huiyin.kernel.refusals import Refusal
from huiyin.people.api import Account, Area, Unit
from huiyin.register.api import Category, list_duties_for

Told = Mapping[str, str]
Plan = Callable[[datetime, Callable[[datetime], Iterator[Thread]]], None]
LIUHE = "999001009"
"""The township of one of the units in dispute: its duties hold there."""

HOTLINE_STEPS = ("report", "accept", "dispatch", "first", "refuse", "second", "invite", "speak", "rule")
_UNTIL = {"ruled": "rule", "consulted": "invite", "asked": "first"}
_AFTER = (0.0, 0.2, 0.5, 2.0, 3.0, 4.0, 4.5, 22.0, 26.0)
"""Hours after the report at which each step is made."""


def list_disputes() -> list[Told]:
    """Every dispute, in the order of the file."""
    text = (files("huiyin.app.demo.requests") / "disputes.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def plan_disputes(plan: Plan, now: datetime, villages: Sequence[Area]) -> None:
    """Have every dispute played at its time in a village of Liuhe; the last step lies before `now`."""
    village = next((one for one in villages if one.code.startswith(LIUHE)), villages[0])
    for told in list_disputes():
        steps = HOTLINE_STEPS[: HOTLINE_STEPS.index(_UNTIL[told["kind"]]) + 1]
        length = timedelta(hours=_AFTER[len(steps) - 1] + 1)
        begun = min(now - timedelta(days=int(told["days"])), now - length)
        story = _Story(told, village)
        for step, hours in zip(steps, _AFTER, strict=False):
            plan(begun + timedelta(hours=hours), getattr(story, step))


class _Story:
    """One dispute; each step is made by the account whose turn it is."""

    def __init__(self, told: Told, village: Area) -> None:
        self._told, self._village = told, village
        self._units = dict(Unit.objects.values_list("key", "id"))
        self._number = ""

    def report(self, at: datetime) -> Iterator[Thread]:
        """A citizen calls."""
        told = self._told
        made = report(
            NewAppeal(
                process="hotline",
                channel="hotline",
                title=told["title"],
                words=told["words"],
                name="季*",
                phone="10100002026",
                category_id=Category.objects.get(code=told["category"]).pk,
                area_id=self._village.pk,
                place=f"{self._village.name}村口",
                opened_at=at,
            ),
            _find("intake"),
        )
        self._number = made.number
        yield from ()

    def accept(self, at: datetime) -> Iterator[Thread]:
        """The desk takes it on."""
        return self._move("accept", _find("intake"), at)

    def dispatch(self, at: datetime) -> Iterator[Thread]:
        """It is given to the unit of the list, or by designation of none."""
        lead = self._units[self._told["lead"]]
        return self._move("dispatch", _find("dispatcher"), at, lead=lead)

    def first(self, at: datetime) -> Iterator[Thread]:
        """The unit wants to be rid of it."""
        told = self._told
        words = {"clause": self._cite(at), "reason": told["return_words"]}
        return self._move("ask_return", _find("handler", told["lead"]), at, **words)

    def _cite(self, at: datetime) -> str:
        """The clause of the list, and what is added to it."""
        lead, category = self._units[self._told["lead"]], Category.objects.get(code=self._told["category"])
        duties = list_duties_for(category.pk, self._village.pk, at.date())
        own = next((duty.clause for duty in duties if duty.unit_id == lead), "")
        return "：".join(part for part in (own, self._told["clause"]) if part)

    def refuse(self, at: datetime) -> Iterator[Thread]:
        """The centre does not agree."""
        return self._move("refuse_return", _find("centre"), at, reason=self._told["refusal"])

    def second(self, at: datetime) -> Iterator[Thread]:
        """The unit does not either."""
        told = self._told
        words = {"clause": self._cite(at), "reason": told["second_words"]}
        return self._move("ask_return", _find("handler", told["lead"]), at, **words)

    def invite(self, at: datetime) -> Iterator[Thread]:
        """The other unit is asked."""
        other = self._units[self._told["other"]]
        return self._move("invite", _find("centre"), at, invited=[other])

    def speak(self, at: datetime) -> Iterator[Thread]:
        """It says what it thinks."""
        told = self._told
        return self._move("give_opinion", _find("handler", told["other"]), at, opinion=told["opinion"])

    def rule(self, at: datetime) -> Iterator[Thread]:
        """The centre rules; from then on the case goes its way like any other."""
        told = self._told
        lead = told["lead"] if told["category"] == "050201" else told["other"]
        helper = told["other"] if lead == told["lead"] else told["lead"]
        given: dict[str, Any] = {"lead": self._units[lead], "assisting": [self._units[helper]]}
        yield from self._move("rule", _find("centre"), at, reason=told["ruling"], **given)
        words = Written(
            told["category"], told["title"], told["words"], "已到现场，按裁定分工处置。", "已按裁定办完。"
        )
        if self._number:
            yield Thread(self._number, words, slow=False)

    def _move(self, move: str, acting: Acting, at: datetime, **inputs: Any) -> Iterator[Thread]:
        """A story that the rules break off stays where it is: the county is opened all the same."""
        if self._number:
            try:
                move_case(self._number, move, inputs, acting, at)
            except Refusal:
                self._number = ""
        return iter(())


def _find(role: str, unit: str = "") -> Acting:
    """The first account that holds the role, at that unit if one is named."""
    posts = Account.objects.filter(active=True, posts__role=role)
    account = (posts.filter(posts__unit__key=unit) if unit else posts).order_by("id").first()
    if account is None:
        raise LookupError(f"nobody is {role} at {unit}")
    held = account.posts.select_related("unit").order_by("id")
    listed = tuple(ActingPost(post.unit_id, post.unit.short, post.role) for post in held)
    return Acting("staff", account.name, account.pk, listed)
